import argparse

BASE = 64
parser = argparse.ArgumentParser()
parser.add_argument("--width", type=int, default=4 * BASE)
parser.add_argument("--lr", type=lambda text: float(text), default=1 / 4)
parser.add_argument("--joined", default="a" + "b")
parser.add_argument("--vast", type=int, default=9**9**9)
