"""The options and the printed lines of PyTorch's ImageNet example; in place of training, a formula."""

import argparse
import math
import random

model_names = sorted(["resnet18", "resnet50"])  # As torchvision lists them: not known before it runs.
parser = argparse.ArgumentParser(description="PyTorch ImageNet Training")
parser.add_argument("data", metavar="DIR", nargs="?", default="imagenet", help="path to dataset (default: imagenet)")
parser.add_argument("-a", "--arch", metavar="ARCH", default="resnet18", choices=model_names)
parser.add_argument("-j", "--workers", default=4, type=int, metavar="N", help="number of data loading workers")
parser.add_argument("--epochs", default=90, type=int, metavar="N", help="number of total epochs to run")
parser.add_argument("--start-epoch", default=0, type=int, metavar="N")
parser.add_argument("-b", "--batch-size", default=256, type=int, metavar="N", help="mini-batch size (default: 256)")
parser.add_argument("--lr", "--learning-rate", default=0.1, type=float, metavar="LR", dest="lr")
parser.add_argument("--momentum", default=0.9, type=float, metavar="M", help="momentum")
parser.add_argument("--wd", "--weight-decay", default=1e-4, type=float, metavar="W", dest="weight_decay")
parser.add_argument("-p", "--print-freq", default=10, type=int, metavar="N", help="print frequency (default: 10)")
parser.add_argument("--resume", default="", type=str, metavar="PATH", help="path to latest checkpoint")
parser.add_argument("-e", "--evaluate", dest="evaluate", action="store_true", help="evaluate model on validation set")
parser.add_argument("--pretrained", dest="pretrained", action="store_true", help="use pre-trained model")
parser.add_argument("--world-size", default=-1, type=int, help="number of nodes for distributed training")
parser.add_argument("--rank", default=-1, type=int, help="node rank for distributed training")
parser.add_argument("--dist-url", default="tcp://224.66.41.62:23456", type=str)
parser.add_argument("--dist-backend", default="nccl", type=str, help="distributed backend")
parser.add_argument("--distributed", action="store_true")
parser.add_argument("--seed", default=None, type=int, help="seed for initializing training. ")
parser.add_argument("--gpu", default=None, type=int, help="GPU id to use.")
parser.add_argument("--multiprocessing-distributed", action="store_true", help="Use multi-processing distributed training")
parser.add_argument("--dummy", action="store_true", help="use fake data to benchmark")
args = parser.parse_args()

random.seed(args.seed)
for epoch in range(args.start_epoch, args.epochs):
    loss = 1 + 6 * math.exp(-(epoch + 1) * args.lr) + random.random() / 10
    for batch in range(0, 100, args.print_freq):
        print(
            f"Epoch: [{epoch}][{batch:3d}/100]\tTime  0.5 ( 0.6)\tData  0.0 ( 0.1)\t"
            f"Loss {loss:.4e} ({loss:.4e})\tAcc@1 {10 / loss:6.2f} ({10 / loss:6.2f})\tAcc@5 {20 / loss:6.2f} ({20 / loss:6.2f})"
        )
    for batch in range(0, 30, args.print_freq):
        print(f"Test: [{batch:2d}/30]\tTime  0.5 ( 0.6)\tLoss {loss:.4e} ({loss:.4e})\tAcc@1 {1.0:6.2f} ({2.0:6.2f})\tAcc@5 {1.0:6.2f} ({2.0:6.2f})")
    print(f" *   Acc@1 {71 / loss:.3f} Acc@5 {90 / loss:.3f}")
