"""absl's flags: DEFINE_float and its like."""

from source import bound, called, keywords, listed, option, text

KINDS = {
    "DEFINE_float": "float", "DEFINE_integer": "int", "DEFINE_string": "str", "DEFINE_enum": "str",
    "DEFINE_bool": "bool", "DEFINE_boolean": "bool",
}
PLACES = ("name", "default", "help")


def options_of(script):
    required = {script.value(call.args[0]) for call in script.calls("mark_flag_as_required") if call.args}
    for call in script.calls("mark_flags_as_required"):
        required |= set(listed(script.value(call.args[0]) if call.args else None) or [])
    for call in script.calls(*KINDS):
        places = ("name", "default", "enum_values", "help") if called(call) == "DEFINE_enum" else PLACES
        given = {**dict(zip(places, call.args)), **keywords(call)}
        name = script.value(given.get("name"))
        if not isinstance(name, str):
            continue
        kind, default = KINDS[called(call)], script.value(given.get("default"))
        more = {
            "choices": listed(script.value(given.get("enum_values"))),
            "low": bound(script.value(given.get("lower_bound"))), "high": bound(script.value(given.get("upper_bound"))),
            "help": text(script.value(given.get("help"))),
            "required": name in required or script.value(given.get("required")) is True,
        }
        if kind == "bool":
            more |= {"on": "--" + name, "off": "--no" + name}
        yield option(name, "--" + name, kind, default, **more)
