from dataclasses import dataclass, field
from typing import Optional

from transformers import HfArgumentParser, TrainingArguments


@dataclass
class ModelArguments:
    name: str = field(metadata={"help": "Which model"})
    dropout: float = field(default=0.1, metadata={"help": "Share that is dropped"})
    tie_weights: bool = True
    layers: Optional[int] = None
    tags: list[str] = field(default_factory=list)


@dataclass
class Training(TrainingArguments):
    learning_rate: float = 3e-4


model, training = HfArgumentParser((ModelArguments, Training)).parse_args_into_dataclasses()
