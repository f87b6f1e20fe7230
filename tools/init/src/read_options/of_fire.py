"""Python Fire: parameters of a function, or of the methods of a class, by their defaults."""

import ast

from of_annotations import methods_of
from source import is_number, option


def functions(script):
    """(function, the words that reach it)"""
    for call in script.calls("Fire"):
        target = call.args[0] if call.args else None
        if isinstance(target, ast.Dict):
            for key, value in zip(target.keys, target.values):
                function = script.functions.get(getattr(value, "id", ""))
                if function is not None and isinstance(script.value(key), str):
                    yield function, [script.value(key)]
        elif target is None:
            yield from ((node, [node.name]) for node in script.tree.body if isinstance(node, ast.FunctionDef))
        elif getattr(target, "id", "") in script.classes:
            for method in methods_of(script.classes[target.id]):
                if method.name == "__init__" or not method.name.startswith("_"):
                    yield method, [] if method.name == "__init__" else [method.name]
        elif getattr(target, "id", "") in script.functions:
            yield script.functions[target.id], []


def commands_of(script):
    return [path for _, path in functions(script) if path]


def options_of(script):
    for function, path in functions(script):
        for name, _, node in script.parameters(function):
            if name in ("self", "cls"):
                continue
            default = script.value(node)
            kind = type(default).__name__ if is_number(default) or isinstance(default, (bool, str)) else "other"
            # It reads Python's literals: `true` would be a text, and so true as `false` is.
            switch = {"on": "--" + name, "off": "--no" + name} if kind == "bool" else {}
            yield option(name, "--" + name, kind, default, command=path, required=node is None, **switch)
