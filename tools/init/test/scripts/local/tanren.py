import argparse

argparse.ArgumentParser().add_argument("--not-read")
