"""The settings of nanoGPT as options, and its printed lines; in place of training, a formula."""

import argparse
import math
import random

parser = argparse.ArgumentParser()
parser.add_argument("--out_dir", default="out")
parser.add_argument("--eval_interval", type=int, default=2000)
parser.add_argument("--log_interval", type=int, default=1)
parser.add_argument("--eval_iters", type=int, default=200)
parser.add_argument("--eval_only", action="store_true")
parser.add_argument("--always_save_checkpoint", action=argparse.BooleanOptionalAction, default=True)
parser.add_argument("--init_from", default="scratch", choices=["scratch", "resume", "gpt2"])
parser.add_argument("--wandb_log", action="store_true")
parser.add_argument("--wandb_project", default="owt")
parser.add_argument("--dataset", default="openwebtext", choices=["openwebtext", "shakespeare"])
parser.add_argument("--gradient_accumulation_steps", type=int, default=40)
parser.add_argument("--batch_size", type=int, default=12)
parser.add_argument("--block_size", type=int, default=1024)
parser.add_argument("--n_layer", type=int, default=12)
parser.add_argument("--n_head", type=int, default=12)
parser.add_argument("--n_embd", type=int, default=768)
parser.add_argument("--dropout", type=float, default=0.0)
parser.add_argument("--bias", action=argparse.BooleanOptionalAction, default=False)
parser.add_argument("--learning_rate", type=float, default=6e-4)
parser.add_argument("--max_iters", type=int, default=600000)
parser.add_argument("--weight_decay", type=float, default=1e-1)
parser.add_argument("--beta1", type=float, default=0.9)
parser.add_argument("--beta2", type=float, default=0.95)
parser.add_argument("--grad_clip", type=float, default=1.0)
parser.add_argument("--decay_lr", action=argparse.BooleanOptionalAction, default=True)
parser.add_argument("--warmup_iters", type=int, default=2000)
parser.add_argument("--lr_decay_iters", type=int, default=600000)
parser.add_argument("--min_lr", type=float, default=6e-5)
parser.add_argument("--backend", default="nccl", choices=["nccl", "gloo"])
parser.add_argument("--device", default="cuda", choices=["cpu", "cuda"])
parser.add_argument("--dtype", default="bfloat16", choices=["float32", "bfloat16", "float16"])
parser.add_argument("--compile", action=argparse.BooleanOptionalAction, default=True)
parser.add_argument("--seed", type=int, default=1337)
args = parser.parse_args()

random.seed(args.seed)
for iteration in range(args.max_iters + 1):
    loss = 2 + 2 * math.exp(-iteration * args.learning_rate * 100) + random.random() / 100
    if iteration % args.eval_interval == 0:
        print(f"step {iteration}: train loss {loss:.4f}, val loss {loss + 0.1:.4f}")
    if iteration % args.log_interval == 0:
        print(f"iter {iteration}: loss {loss:.4f}, time 100.00ms, mfu 30.00%")
