"""typer: parameters of a command's function, plain or by `Option`, `Argument` and `Annotated`."""

import ast

from of_annotations import kind_of, unwrapped
from of_click import decorated, words
from source import bound, called, keywords, long_name, option, text


def functions(script):
    """(function, the words that reach it): several commands, or a callback beside one, are told apart by words."""
    commands = list(decorated(script, "command"))
    callbacks = list(decorated(script, "callback"))
    by_words = len(commands) > 1 or callbacks
    for function, _ in callbacks:
        yield function, []
    for function, decorator in commands:
        yield function, words(script, function, decorator) if by_words else []
    known = {function for function, _ in [*commands, *callbacks]}
    for call in script.calls("run"):
        for argument in call.args:
            function = script.functions.get(getattr(argument, "id", ""))
            if function is not None and function not in known:
                yield function, []


def commands_of(script):
    return [path for _, path in functions(script) if path]


def options_of(script):
    for function, path in functions(script):
        for name, annotation, node in script.parameters(function):
            kind, marks = unwrapped(annotation)
            if called(kind) == "Context":
                continue
            marker = next((mark for mark in [node, *marks] if is_marker(mark)), None)
            inside = marker is not None and marker is node
            default = (keywords(marker).get("default") or (marker.args[0] if marker.args else None)) if inside else node
            yield {**parameter(script, name, kind, marker, default, inside), "command": path}


def is_marker(node):
    return isinstance(node, ast.Call) and called(node) in ("Option", "Argument")


def parameter(script, name, annotation, marker, default_node, default_inside):
    default = script.value(default_node)
    required = default_node is None or default is Ellipsis
    declared = marker.args[1 if default_inside else 0:] if marker else []
    flags = [value for value in (script.value(node) for node in declared) if isinstance(value, str)]
    flag, _, off = (long_name(flags) if flags else "--" + name.replace("_", "-")).partition("/")
    given = keywords(marker) if marker else {}
    positional = called(marker) == "Argument" if marker else required
    kind, choices, several = kind_of(script, annotation)
    more = {"help": text(script.value(given.get("help"))), "required": required, "several": several}
    more["low"], more["high"] = bound(script.value(given.get("min"))), bound(script.value(given.get("max")))
    if kind == "bool":
        return option(name, flag, "bool", default, on=flag, off=off or (None if flags else "--no-" + flag[2:]), **more)
    return option(name, "" if positional else flag, kind, default, choices=choices, **more)
