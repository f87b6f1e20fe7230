"""The options and the printed lines of PyTorch's MNIST example; in place of training, a formula."""

import argparse
import math
import random

parser = argparse.ArgumentParser(description="PyTorch MNIST Example")
parser.add_argument("--batch-size", type=int, default=64, metavar="N", help="input batch size for training (default: 64)")
parser.add_argument("--test-batch-size", type=int, default=1000, metavar="N")
parser.add_argument("--epochs", type=int, default=14, metavar="N", help="number of epochs to train (default: 14)")
parser.add_argument("--lr", type=float, default=1.0, metavar="LR", help="learning rate (default: 1.0)")
parser.add_argument("--gamma", type=float, default=0.7, metavar="M", help="Learning rate step gamma (default: 0.7)")
parser.add_argument("--no-accel", action="store_true", help="disables accelerator")
parser.add_argument("--dry-run", action="store_true", help="quickly check a single pass")
parser.add_argument("--seed", type=int, default=1, metavar="S", help="random seed (default: 1)")
parser.add_argument("--log-interval", type=int, default=10, metavar="N")
parser.add_argument("--save-model", action="store_true", help="For Saving the current Model")
args = parser.parse_args()

random.seed(args.seed)
for epoch in range(1, args.epochs + 1):
    for batch in range(0, 938, args.log_interval):
        passed = epoch - 1 + batch / 938
        loss = 0.1 + 2.2 * math.exp(-passed * args.lr) + random.random() / 10
        print(f"Train Epoch: {epoch} [{batch * 64}/60000 ({100 * batch / 938:.0f}%)]\tLoss: {loss:.6f}")
    loss = 0.05 + math.exp(-epoch * args.lr * args.gamma) + random.random() / 100
    correct = int(10000 * math.exp(-loss / 5))
    print(f"\nTest set: Average loss: {loss:.4f}, Accuracy: {correct}/10000 ({100 * correct / 10000:.0f}%)\n")
