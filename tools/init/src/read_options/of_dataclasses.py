"""Fields of dataclasses as options: Hugging Face's HfArgumentParser, and tyro."""

import ast

from of_annotations import fields_of, kind_of, unwrapped
from source import called, option, text

# Fields of transformers.TrainingArguments (4.x and 5.x) that a campaign may vary or needs, with their defaults.
TRAINING_ARGUMENTS = {
    "learning_rate": 5e-5, "weight_decay": 0.0, "adam_beta1": 0.9, "adam_beta2": 0.999, "adam_epsilon": 1e-8,
    "max_grad_norm": 1.0, "label_smoothing_factor": 0.0, "num_train_epochs": 3.0, "max_steps": -1, "seed": 42,
}


def classes(script, parser):
    """Names of the classes that a parser is made of: `HfArgumentParser((A, B))`, `tyro.cli(Args)`."""
    for call in script.calls(parser):
        for argument in [*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg == "dataclass_types")]:
            yield from [called(one) for one in (argument.elts if isinstance(argument, (ast.Tuple, ast.List)) else [argument])]


def options_of(script):
    if "tyro" in script.modules:
        for name in classes(script, "cli"):
            yield from by_fields(script, name, "-")
        return
    for name in dict.fromkeys(classes(script, "HfArgumentParser")):
        yield from by_fields(script, name, "_")
        if is_training_arguments(script, name):
            own = {field for field, *_ in fields_of(script, name)}
            for field, default in TRAINING_ARGUMENTS.items():
                if field not in own:
                    yield option(field, "--" + field, type(default).__name__, default)
            yield option("output_dir", "--output_dir", "str", None)


def is_training_arguments(script, name):
    bases = [called(base) for base in script.classes[name].bases] if name in script.classes else []
    return name in ("TrainingArguments", "Seq2SeqTrainingArguments") or any(is_training_arguments(script, base) for base in bases)


def by_fields(script, name, joint):
    """Hugging Face takes `--tie_weights true`; tyro takes `--tie-weights` and `--no-tie-weights`."""
    for field, annotation, default_node, given in fields_of(script, name):
        kind, choices, several = kind_of(script, unwrapped(annotation)[0])
        flag = "--" + field.replace("_", joint)
        metadata = script.value(given.get("metadata"))
        more = {"choices": choices, "several": several, "required": default_node is None}
        more["help"] = text(metadata.get("help")) if isinstance(metadata, dict) else ""
        if kind == "bool" and joint == "-":
            more |= {"on": flag, "off": "--no-" + flag[2:]}
        yield option(field, flag, kind, script.value(default_node), **more)
