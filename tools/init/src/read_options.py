"""Prints the options that a Python script declares, as JSON: python3 read_options.py train.py

Reads the script's syntax tree only; nothing of the script is imported or run. Understands argparse, click, typer, and
where a Hydra script has its configuration. Python >= 3.9, standard library alone.
"""

import ast
import json
import os
import sys

COMPUTED = object()
SIMPLE = {"float", "int", "str", "bool"}


def called(node):
    """The last name of what a call calls: `add_argument` of `parser.add_argument(...)`."""
    function = node.func if isinstance(node, ast.Call) else node
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


class Script:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.tree = ast.parse(file.read(), path)
        self.path = path
        self.constants = {}
        self.enums = {}
        self.notes = []
        for node in self.tree.body:
            if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                value = self.value(node.value)
                if value is not COMPUTED:
                    self.constants[node.targets[0].id] = value
            if isinstance(node, ast.ClassDef) and any("Enum" in called(base) for base in node.bases):
                members = [self.value(item.value) for item in node.body if isinstance(item, ast.Assign)]
                self.enums[node.name] = [member for member in members if isinstance(member, (str, int))]
        self.modules = {
            name.split(".")[0]
            for node in ast.walk(self.tree)
            for name in (
                [alias.name for alias in node.names] if isinstance(node, ast.Import)
                else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            )
        }

    def value(self, node):
        """A literal, or a name that the module gives a literal to; COMPUTED for anything else."""
        if node is None:
            return None
        if isinstance(node, ast.Name):
            return self.constants.get(node.id, COMPUTED)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in self.enums:
            return self.member(node.value.id, node.attr)
        try:
            found = ast.literal_eval(node)
        except (ValueError, TypeError, SyntaxError):
            return COMPUTED
        return list(found) if isinstance(found, (tuple, set)) else found

    def member(self, enum, name):
        for node in self.tree.body:
            if isinstance(node, ast.ClassDef) and node.name == enum:
                for item in node.body:
                    if isinstance(item, ast.Assign) and getattr(item.targets[0], "id", None) == name:
                        return self.value(item.value)
        return COMPUTED

    def calls(self, *names):
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.Call) and called(node) in names]


def option(name, flag, kind, default, **more):
    computed = default is COMPUTED
    simple = isinstance(default, (int, float, str, bool)) and not (isinstance(default, float) and default != default)
    return {
        "name": name, "flag": flag, "kind": kind, "default": default if simple and not computed else None,
        "computed": computed, "choices": None, "low": None, "high": None, "on": None, "off": None,
        "required": False, "several": False, "help": "", **more,
    }


def keywords(call):
    return {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}


def text(value):
    return value if isinstance(value, str) else ""


def long_name(names):
    return next((name for name in names if name.startswith("--")), names[0])


def argparse_options(script):
    for call in script.calls("add_argument"):
        names = [value for value in (script.value(argument) for argument in call.args) if isinstance(value, str)]
        if not names:
            continue
        given = keywords(call)
        flag = long_name(names)
        name = text(script.value(given.get("dest"))) or flag.lstrip("-").replace("-", "_")
        action = called(given["action"]) if isinstance(given.get("action"), ast.Attribute) else text(script.value(given.get("action")))
        default = script.value(given.get("default"))
        kind = called(given["type"]) if "type" in given else "str"
        more = {
            "choices": listed(script.value(given.get("choices"))),
            "help": text(script.value(given.get("help"))),
            "several": "nargs" in given,
            "required": script.value(given.get("required")) is True or (not flag.startswith("-") and "nargs" not in given),
        }
        if kind == "bool":  # argparse's type=bool takes any text for true, "False" too.
            kind = "other"
        if action in ("help", "version"):
            continue
        if action == "store_true":
            yield option(name, flag, "bool", bool(default), on=flag, **more)
        elif action == "store_false":
            yield option(name, flag, "bool", default is not False, off=flag, **more)
        elif action == "BooleanOptionalAction":
            off = "--no-" + flag[2:]
            yield option(name, flag, "bool", default, on=flag, off=off, **more)
        elif action in ("", "store"):
            yield option(name, flag if flag.startswith("-") else "", kind if kind in SIMPLE else "other", default, **more)


def listed(values):
    if not isinstance(values, list):
        return None
    return [value for value in values if isinstance(value, (str, int, float, bool))] or None


def click_type(script, node, default):
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
    return (name if name in SIMPLE else "str" if node is None else "other"), None, None, None


def bound(value):
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def click_options(script):
    for call in script.calls("option", "argument"):
        names = [value for value in (script.value(argument) for argument in call.args) if isinstance(value, str)]
        if not names:
            continue
        given = keywords(call)
        positional = called(call) == "argument"
        flags = [name for name in names if name.startswith("-")] or names
        flag = long_name(flags)
        flag, _, off = flag.partition("/")
        explicit = [name for name in names if not name.startswith("-")]
        name = (explicit[0] if explicit else flag.lstrip("-")).replace("-", "_")
        default = script.value(given.get("default"))
        more = {"help": text(script.value(given.get("help"))), "several": script.value(given.get("multiple")) is True}
        more["required"] = script.value(given.get("required")) is True or (positional and "default" not in given)
        if off or script.value(given.get("is_flag")) is True:
            yield option(name, flag, "bool", bool(default), on=flag, off=off or None, **more)
            continue
        kind, choices, low, high = click_type(script, given.get("type"), default)
        yield option(name, "" if positional else flag, kind, default, choices=choices, low=low, high=high, **more)


def typer_functions(script):
    run = {argument.id for call in script.calls("run") for argument in call.args if isinstance(argument, ast.Name)}
    for node in ast.walk(script.tree):
        if isinstance(node, ast.FunctionDef):
            decorated = any(called(decorator) in ("command", "callback") for decorator in node.decorator_list)
            if decorated or node.name in run:
                yield node


def typer_options(script):
    for function in typer_functions(script):
        parameters = function.args.args + function.args.kwonlyargs
        plain = [None] * (len(function.args.args) - len(function.args.defaults)) + function.args.defaults
        for parameter, node in zip(parameters, plain + function.args.kw_defaults):
            annotation, marker = parameter.annotation, node
            if isinstance(annotation, ast.Subscript) and called(annotation.value) == "Annotated":
                annotation, marker = annotation.slice.elts[0], annotation.slice.elts[1]
            told = marker if isinstance(marker, ast.Call) and called(marker) in ("Option", "Argument") else None
            default = node if told is not node else (keywords(told).get("default") or (told.args[0] if told.args else None))
            yield typer_option(script, parameter.arg, annotation, told, default, told is node)


def typer_option(script, name, annotation, told, default_node, default_inside):
    while isinstance(annotation, ast.Subscript) and called(annotation.value) == "Optional":
        annotation = annotation.slice
    default = script.value(default_node)
    required = default_node is None or default is Ellipsis
    declared = told.args[1 if default_inside else 0:] if told else []
    flags = [value for value in (script.value(node) for node in declared) if isinstance(value, str)]
    flag, _, off = (long_name(flags) if flags else "--" + name.replace("_", "-")).partition("/")
    given = keywords(told) if told else {}
    positional = called(told) == "Argument" if told else required
    more = {"help": text(script.value(given.get("help"))), "required": required}
    more["low"], more["high"] = bound(script.value(given.get("min"))), bound(script.value(given.get("max")))
    if isinstance(annotation, ast.Subscript):
        literal = called(annotation.value) == "Literal"
        values = script.value(annotation.slice) if literal else None
        more["choices"] = listed(values if isinstance(values, list) else [values])
        more["several"] = not literal
        return option(name, flag, "str", default, **more)
    kind = called(annotation) if annotation is not None else "str"
    if kind in script.enums:
        return option(name, flag, "str", default, choices=listed(script.enums[kind]), **more)
    if kind == "bool":
        return option(name, flag, "bool", default, on=flag, off=off or (None if flags else "--no-" + flag[2:]), **more)
    return option(name, "" if positional else flag, kind if kind in SIMPLE else "other", default, **more)


def hydra_config(script):
    for node in ast.walk(script.tree):
        for decorator in getattr(node, "decorator_list", []):
            if isinstance(decorator, ast.Call) and called(decorator) == "main" and "hydra" in script.modules:
                given = keywords(decorator)
                folder, name = (script.value(given.get(key)) for key in ("config_path", "config_name"))
                if isinstance(name, str):
                    name = name if name.endswith(".yaml") else name + ".yaml"
                    return os.path.join(os.path.dirname(script.path), folder if isinstance(folder, str) else ".", name)
    return None


def reported_metrics(script):
    names = []
    for call in script.calls("report"):
        for argument in call.args:
            if isinstance(argument, ast.Dict):
                names += [script.value(key) for key in argument.keys if key is not None]
    return [name for name in dict.fromkeys(names) if isinstance(name, str)]


def own_steps(script):
    for call in script.calls("trial"):
        given = {name: script.value(node) for name, node in keywords(call).items()}
        if "max_train_steps" in given:
            whole = lambda name: given[name] if isinstance(given.get(name), int) else None
            return {"most": whole("max_train_steps"), "every": whole("eval_every_steps")}
    return {"most": None, "every": None}


def main(path):
    script = Script(path)
    hydra = hydra_config(script)
    readers = {"argparse": argparse_options, "click": click_options, "typer": typer_options}
    kind = next((name for name in ("typer", "click", "argparse") if name in script.modules), None)
    options = [] if hydra or kind is None else list(readers[kind](script))
    print(
        json.dumps(
            {
                "kind": "hydra" if hydra else kind,
                "config": hydra,
                "options": options,
                "imports": sorted(name for name in script.modules if name),
                "takesParams": bool([c for c in script.calls("params") if getattr(getattr(c.func, "value", None), "id", "") == "tanren"]),
                "reported": reported_metrics(script),
                "steps": own_steps(script),
            }
        )
    )


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except (OSError, SyntaxError, UnicodeDecodeError) as error:
        sys.exit(f"{sys.argv[1]}: {error}")
