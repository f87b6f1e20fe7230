"""Options as Hugging Face's run_glue.py calls them, and the dicts that its Trainer prints; in place of training, a formula."""

import argparse
import math
import random

parser = argparse.ArgumentParser()
parser.add_argument("--model_name_or_path", type=str, required=True)
parser.add_argument("--task_name", type=str, default="mrpc", choices=["cola", "mrpc", "sst2"])
parser.add_argument("--output_dir", type=str, default="out")
parser.add_argument("--overwrite_output_dir", action="store_true")
parser.add_argument("--max_seq_length", type=int, default=128)
parser.add_argument("--pad_to_max_length", action="store_true")
parser.add_argument("--use_fast_tokenizer", type=bool, default=True)
parser.add_argument("--do_train", action="store_true")
parser.add_argument("--per_device_train_batch_size", type=int, default=8)
parser.add_argument("--per_device_eval_batch_size", type=int, default=8)
parser.add_argument("--learning_rate", type=float, default=5e-5)
parser.add_argument("--weight_decay", type=float, default=0.0)
parser.add_argument("--max_train_steps", type=int, default=None)
parser.add_argument("--num_train_epochs", type=int, default=3)
parser.add_argument("--gradient_accumulation_steps", type=int, default=1)
parser.add_argument("--lr_scheduler_type", default="linear", choices=["linear", "cosine", "constant"])
parser.add_argument("--warmup_steps", type=int, default=0)
parser.add_argument("--fp16", action="store_true")
parser.add_argument("--report_to", default="all", choices=["all", "none", "wandb"])
parser.add_argument("--push_to_hub", action="store_true")
parser.add_argument("--trust_remote_code", action="store_true")
parser.add_argument("--seed", type=int, default=42)
args = parser.parse_args()

random.seed(args.seed)
for epoch in range(1, args.num_train_epochs + 1):
    loss = 0.2 + math.exp(-epoch * args.learning_rate * 1e4) + random.random() / 10
    print({"loss": round(loss, 4), "grad_norm": 2.5, "learning_rate": args.learning_rate, "epoch": epoch - 0.5})
    print({"eval_loss": round(loss + 0.1, 4), "eval_accuracy": round(1 - loss / 2, 4), "eval_runtime": 1.2, "epoch": float(epoch)})
