"""argparse: add_argument, on the program's own parser, its groups, its parents and its subcommands."""

import ast
import re

from source import SIMPLE, called, is_number, defaulted, keywords, listed, long_name, option, text

# A function that takes a text for a truth value: `--bias true`.
TRUTH = re.compile(r"^_?(str(ing)?_?(2|to)_?bool(ean)?|strtobool|bool_?arg|parse_bool|bool_flag|boolean)$", re.I)


class Parsers:
    """Which parser a name stands for, as far as assignments, returns and arguments of calls tell."""

    def __init__(self, script):
        self.script = script
        self.parents = [
            (creation, parent)
            for creation in script.calls("ArgumentParser", "add_parser")
            for parents in [keywords(creation).get("parents")]
            if isinstance(parents, (ast.List, ast.Tuple))
            for parent in parents.elts
        ]

    def creations(self, node, scope, depth=0):
        """The calls that created the parser which an expression stands for."""
        if depth > 8 or node is None:
            return []
        if isinstance(node, ast.Call):
            if called(node) in ("ArgumentParser", "add_parser", "add_subparsers"):
                return [node]
            if called(node) in ("add_argument_group", "add_mutually_exclusive_group"):
                return self.creations(node.func.value, scope, depth + 1)
            function = self.script.functions.get(called(node))
            returned = [] if function is None else [one for one in ast.walk(function) if isinstance(one, ast.Return)]
            return [found for one in returned for found in self.creations(one.value, function, depth + 1)]
        if isinstance(node, ast.Name):
            return self.named(node, scope, depth)
        return []

    def named(self, node, scope, depth):
        place = self.script.tree if scope is None else scope
        assigned = [
            one for one in ast.walk(place)
            if isinstance(one, ast.Assign) and self.script.within.get(one) is scope and one.lineno <= node.lineno
            and any(isinstance(target, ast.Name) and target.id == node.id for target in one.targets)
        ]
        if assigned:
            last = max(assigned, key=lambda one: one.lineno)
            # `parser = extended(parser)`: what it was before.
            inner = self.creations(last.value, scope, depth + 1)
            return inner or [found for one in ast.walk(last.value) if isinstance(one, ast.Name) and one.id == node.id
                             and len(assigned) > 1 for found in self.creations(assigned[0].value, scope, depth + 1)]
        if scope is None:
            return []
        names = [name for name, _, _ in self.script.parameters(scope)]
        if node.id not in names:
            return self.named(node, None, depth + 1)
        at = names.index(node.id) - (1 if names[0] in ("self", "cls") else 0)
        return [
            found
            for call in self.script.calls(scope.name)
            for argument in [keywords(call).get(node.id) or (call.args[at] if 0 <= at < len(call.args) else None)]
            for found in self.creations(argument, self.script.within.get(call), depth + 1)
        ]

    def commands(self, creation, depth=0):
        """The words of the subcommands whose options a parser takes; [[]] is the program itself."""
        if depth > 8:
            return [[]]
        scope = self.script.within.get(creation)
        if called(creation) == "add_parser":
            word = text(self.script.value(creation.args[0])) if creation.args else ""
            above = [path for one in self.creations(creation.func.value, scope) for path in self.commands(one, depth + 1)]
            return [[*path, word] for path in above or [[]]] if word else []
        if called(creation) == "add_subparsers":
            owners = self.creations(creation.func.value, scope)
            return [path for one in owners for path in self.commands(one, depth + 1)]
        heirs = [heir for heir, parent in self.parents if creation in self.creations(parent, self.script.within.get(heir))]
        return [path for heir in heirs for path in self.commands(heir, depth + 1)] or [[]]

    def owners(self, call):
        found = self.creations(getattr(call.func, "value", None), self.script.within.get(call))
        paths = [path for one in found for path in self.commands(one)]
        return [list(path) for path in dict.fromkeys(tuple(path) for path in paths)] or [[]]

    def subcommands(self):
        return [path for call in self.script.calls("add_parser") for path in self.commands(call) if path]


def commands_of(script):
    return Parsers(script).subcommands()


def options_of(script):
    parsers = Parsers(script)
    found = {}
    for call in script.calls("add_argument"):
        one = argument(script, call)
        for path in parsers.owners(call) if one is not None else []:
            key = (one["name"], *path)
            found[key] = merged(found[key], one) if key in found else {**one, "command": path}
    for call in script.calls("set_defaults"):
        for path in parsers.owners(call):
            for name, node in keywords(call).items():
                if (name, *path) in found:
                    found[(name, *path)].update(defaulted(script.value(node)))
    return list(found.values())


def merged(first, second):
    """Two arguments of one dest, such as --bias and --no-bias: one option; argparse takes the first one's default."""
    return {**first, "on": first["on"] or second["on"], "off": first["off"] or second["off"],
            "flag": first["on"] or second["on"] or first["flag"]}


def argument(script, call):
    names = [value for value in (script.value(one) for one in call.args) if isinstance(value, str)]
    if not names:
        return None
    given = keywords(call)
    flag = long_name(names)
    name = text(script.value(given.get("dest"))) or flag.lstrip("-").replace("-", "_")
    action = called(given["action"]) if isinstance(given.get("action"), ast.Attribute) else text(script.value(given.get("action")))
    if isinstance(given.get("action"), ast.Name):
        action = given["action"].id
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
    elif kind not in SIMPLE and is_number(default):  # type=positive_float, type=lambda text: …
        kind = type(default).__name__
    if TRUTH.match(kind) and isinstance(default, bool):
        return option(name, flag, "bool", default, **{**more, "several": more["several"] and "const" not in given})
    if action in ("help", "version"):
        return None
    if action == "store_true":
        return option(name, flag, "bool", bool(default), on=flag, **more)
    if action == "store_false":
        return option(name, flag, "bool", default is not False, off=flag, **more)
    if action == "BooleanOptionalAction":
        return option(name, flag, "bool", default, on=flag, off="--no-" + flag[2:], **more)
    if action in ("", "store"):
        return option(name, flag if flag.startswith("-") else "", kind if kind in SIMPLE else "other", default, **more)
    return None
