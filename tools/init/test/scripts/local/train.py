import argparse

import evaluate
import tanren
from arguments.optimizer import add_optimizer
from model import Net


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    add_optimizer(parser)
    parser = Net.add_arguments(parser)
    evaluate.score(parser.parse_args())


main()
