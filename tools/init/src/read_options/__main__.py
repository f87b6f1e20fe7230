"""Prints the options that a Python script declares, as JSON: python3 read_options train.py

Reads the script's syntax tree only; nothing of the script is imported or run. Understands argparse, click, typer, absl's
flags, Python Fire, dataclasses by HfArgumentParser and tyro, and where a Hydra script has its configuration.
Python >= 3.9, standard library alone.
"""

import ast
import json
import os
import sys

import of_absl
import of_argparse
import of_click
import of_dataclasses
import of_fire
import of_typer
from source import Script, called, keywords

# A module that is imported tells; of several the first one here.
READERS = {
    "typer": of_typer, "click": of_click, "fire": of_fire, "transformers": of_dataclasses, "tyro": of_dataclasses,
    "absl": of_absl, "argparse": of_argparse,
}


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


def tanren_calls(script, name):
    return [call for call in script.calls(name) if getattr(getattr(call.func, "value", None), "id", "") == "tanren"]


def honours(script):
    """Duties that it declares, to tanren.started or to one of the callbacks."""
    named = [argument for call in tanren_calls(script, "started") for argument in call.args]
    for call in script.calls("TanrenCallback"):
        given = keywords(call).get("honours")
        named += given.elts if isinstance(given, (ast.List, ast.Tuple)) else []
    return [value for value in dict.fromkeys(script.value(node) for node in named) if isinstance(value, str)]


def environment(script):
    """Variables that it reads: os.environ["X"], os.environ.get("X"), os.getenv("X"), click's and typer's envvar."""
    nodes = [call.args[0] for call in script.calls("getenv") if call.args]
    nodes += [call.args[0] for call in script.calls("get", "pop", "setdefault") if call.args and is_environ(call.func)]
    nodes += [
        node.slice for node in ast.walk(script.tree)
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load) and called(node.value) == "environ"
    ]
    nodes += [given for call in script.calls("option", "argument", "Option", "Argument")
              for given in [keywords(call).get("envvar")] if given is not None]
    names = [script.value(node) for node in nodes]
    return [name for name in dict.fromkeys(names) if isinstance(name, str) and name]


def is_environ(function):
    return isinstance(function, ast.Attribute) and called(function.value) == "environ"


def takes_length(script):
    """Whether it trains for what tanren.trial says: one may call it for its seeds or its folder alone."""
    reads = any(
        isinstance(node, ast.Attribute) and node.attr == "max_train_steps" and isinstance(node.ctx, ast.Load)
        for node in ast.walk(script.tree)
    )
    return reads and bool(tanren_calls(script, "trial"))


def declared(script):
    """(the module that declares them, the words of its subcommands, options)"""
    for module, reader in READERS.items():
        if module in script.modules:
            options = list(reader.options_of(script))
            if options:
                return module, getattr(reader, "commands_of", lambda _: [])(script), options
    # It imports one of them, and what it declares with it stands elsewhere.
    return next((module for module in READERS if module in script.modules and module != "transformers"), None), [], []


def main(path):
    script = Script(path)
    hydra = hydra_config(script)
    kind, commands, options = ("hydra", [], []) if hydra else declared(script)
    print(
        json.dumps(
            {
                "kind": kind,
                "config": hydra,
                "commands": commands,
                "options": options,
                "imports": sorted(name for name in script.modules if name),
                "environment": environment(script),
                "readsArguments": any(
                    isinstance(node, ast.Attribute) and node.attr == "argv" and called(node.value) == "sys"
                    for node in ast.walk(script.tree)
                ),
                "takesParams": bool(tanren_calls(script, "params")),
                "takesLength": takes_length(script),
                "honours": honours(script),
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
