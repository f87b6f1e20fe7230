import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--nesterov", dest="nesterov", action="store_true", default=True)
parser.add_argument("--no-nesterov", dest="nesterov", action="store_false")
parser.add_argument("--no-bias", dest="bias", action="store_false", help="no bias")
parser.add_argument("--bias", dest="bias", action="store_true")
parser.add_argument("--mixup", dest="mixup", action="store_true")
parser.add_argument("--no-mixup", dest="mixup", action="store_false")
parser.add_argument("--use-dropout", action="store_true", default=True)
parser.add_argument("--lr", "--learning-rate", dest="lr", type=float, default=0.1)
parser.set_defaults(mixup=True, run=print)
args = parser.parse_args()
