import fire


def train(lr=0.01, hidden=128, use_bn=False, optimizer="sgd", layers=(1, 2)): ...


if __name__ == "__main__":
    fire.Fire(train)
