"""click: option decorators, on a command or on a group and its commands."""

import ast

from source import FUNCTIONS, bound, called, keywords, listed, long_name, option, text


def decorated(script, *names):
    """(function, the decorator of one of these names), in the script's order."""
    for function in ast.walk(script.tree):
        for decorator in getattr(function, "decorator_list", []) if isinstance(function, FUNCTIONS) else []:
            if called(decorator) in names:
                yield function, decorator


def groups(script):
    return {function.name for function, _ in decorated(script, "group")}


def words(script, function, decorator):
    """How a command is called: by its own words, else by its function's name."""
    given = decorator if isinstance(decorator, ast.Call) else None
    name = text(script.value((given.args[0] if given.args else keywords(given).get("name")))) if given else ""
    return [name or function.name.replace("_", "-")]


def paths(script):
    """Each command's function, by the words that reach it: of a single command none."""
    some = groups(script)
    return {
        function.name: words(script, function, decorator) if some else []
        for function, decorator in decorated(script, "command")
    }


def commands_of(script):
    return [path for path in paths(script).values() if path]


def options_of(script):
    reached = paths(script)
    placed = {
        decorator: [reached.get(function.name, [])]
        for function, decorator in decorated(script, "option", "argument")
    }
    # A decorator that several commands share: `def common(f): return click.option(...)(f)`.
    everywhere = list(reached.values()) or [[]]
    for call in script.calls("option", "argument"):
        found = parameter(script, call)
        if found is not None:
            for path in placed.get(call, everywhere):
                yield {**found, "command": path}


def parameter(script, call):
    names = [value for value in (script.value(one) for one in call.args) if isinstance(value, str)]
    if not names:
        return None
    given = keywords(call)
    positional = called(call) == "argument"
    flags = [name for name in names if name.startswith("-")] or names
    flag, _, off = long_name(flags).partition("/")
    explicit = [name for name in names if not name.startswith("-")]
    name = (explicit[0] if explicit else flag.lstrip("-")).replace("-", "_")
    default = script.value(given.get("default"))
    several = any(script.value(given.get(key)) is True for key in ("multiple", "count")) or "nargs" in given
    more = {"help": text(script.value(given.get("help"))), "several": several}
    more["required"] = script.value(given.get("required")) is True or (
        positional and "default" not in given and script.value(given.get("required")) is not False
    )
    if off or script.value(given.get("is_flag")) is True:
        return option(name, flag, "bool", bool(default), on=flag, off=off or None, **more)
    kind, choices, low, high = kind_of(script, given.get("type"), default)
    return option(name, "" if positional else flag, kind, default, choices=choices, low=low, high=high, **more)


def kind_of(script, node, default):
    """kind, choices, low, high"""
    if isinstance(node, ast.Call):
        arguments = {**dict(zip(["min", "max"], node.args)), **keywords(node)}
        low, high = (bound(script.value(arguments.get(name))) for name in ("min", "max"))
        if called(node) == "Choice" and node.args:
            return "str", listed(script.value(node.args[0])), None, None
        if called(node) in ("FloatRange", "IntRange"):
            return ("float" if called(node) == "FloatRange" else "int"), None, low, high
        return "other", None, None, None
    name = called(node) if node is not None else type(default).__name__
    kinds = {"FLOAT": "float", "INT": "int", "STRING": "str", "BOOL": "bool"}
    name = kinds.get(name, name)
    simple = name in ("float", "int", "str", "bool")
    return (name if simple else "str" if node is None else "other"), None, None, None
