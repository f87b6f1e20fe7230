"""A PyTorch script that knows nothing of Tanren: a small network on points around three centres."""

import argparse

import torch

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1, help="learning rate")
parser.add_argument("--momentum", type=float, default=0.9)
parser.add_argument("--hidden", action="store_true", help="a hidden layer")
parser.add_argument("--epochs", type=int, default=10)
parser.add_argument("--seed", type=int, default=0)
args = parser.parse_args()

torch.set_num_threads(1)
data = torch.Generator().manual_seed(20201)  # The data are the same in every run.
labels = torch.randint(3, (300,), generator=data)
centres = 1.5 * torch.tensor([[0.0, 1.0], [1.0, -1.0], [-1.0, -1.0]])
points = torch.randn(300, 2, generator=data) + centres[labels]

torch.manual_seed(args.seed)
layers = [torch.nn.Linear(2, 16), torch.nn.ReLU(), torch.nn.Linear(16, 3)] if args.hidden else [torch.nn.Linear(2, 3)]
model = torch.nn.Sequential(*layers)
optimizer = torch.optim.SGD(model.parameters(), lr=args.lr, momentum=args.momentum)
loss_of = torch.nn.CrossEntropyLoss()

for epoch in range(1, args.epochs + 1):
    for chosen in torch.randperm(200).split(20):
        optimizer.zero_grad()
        loss_of(model(points[chosen]), labels[chosen]).backward()
        optimizer.step()
    with torch.no_grad():
        loss = loss_of(model(points[:200]), labels[:200]).item()
        error = (model(points[200:]).argmax(1) != labels[200:]).double().mean().item()
    print(f"epoch {epoch}: train loss {loss:.4f}, validation error {error:.4f}")
