"""Fits the scorer on what export.ts wrote.

usage: fit.py --work DIR [--fold K] [--without LANG] [--epochs N] --out FILE

With --fold, pages of that fold are left out, so that they can be scored honestly; with --without those in a language. One thread
and fixed seeds: the same input gives the same bytes on the same machine.
"""

import argparse
import base64
import json
import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from corpus import Augmenter, Corpus, bag_of, make_batch

TAPS = 5
DILATIONS = (1, 2, 4, 8, 16)
CHANNELS = 32
DIMENSIONS = 16
BATCH = 6
RATE = 3e-3
SEED = 1
DROPOUT = 0.1
SMOOTHING = 0.01
AVERAGING = 0.998


class Net(nn.Module):
    """See src/model/scorer.ts, which does the same."""

    def __init__(self, measurements, words, mean, deviation):
        super().__init__()
        self.embeddings = nn.ModuleList([nn.EmbeddingBag(count, DIMENSIONS, mode="mean") for count in words])
        for embedding in self.embeddings:
            nn.init.normal_(embedding.weight, 0, 0.05)
        self.first = nn.Linear(measurements + DIMENSIONS * len(words), CHANNELS)
        self.taps = nn.ParameterList([nn.Parameter(torch.randn(TAPS, CHANNELS) * 0.3) for _ in DILATIONS])
        self.across = nn.ModuleList([nn.Linear(CHANNELS, CHANNELS) for _ in DILATIONS])
        self.last = nn.Linear(CHANNELS, 1)
        self.dropout = nn.Dropout(DROPOUT)
        self.register_buffer("mean", torch.tensor(mean))
        self.register_buffer("deviation", torch.tensor(deviation))

    def forward(self, x, bags, mask):
        x = ((x - self.mean) / self.deviation).clamp(-5, 5)
        words = [embedding(*bag) for embedding, bag in zip(self.embeddings, bags)]
        h = torch.relu(self.first(torch.cat([x, *words], 1))) * mask
        rows = h.shape[0]
        for dilation, taps, across in zip(DILATIONS, self.taps, self.across):
            padded = functional.pad(h, (0, 0, 2 * dilation, 2 * dilation))
            mixed = sum(padded[j * dilation : j * dilation + rows] * taps[j] for j in range(TAPS))
            h = (h + self.dropout(torch.relu(across(torch.relu(mixed))))) * mask
        return self.last(h)[:, 0]


def fit(c, pages, epochs):
    torch.manual_seed(SEED)
    random = np.random.default_rng(SEED)
    c.learn_words(pages)
    rows = np.concatenate([c.rows(page) for page in pages[:: max(1, len(pages) // 1000)]])
    words = [len(bag.vocabulary) for bag in c.bags]
    net = Net(len(c.names), words, c.x[rows].mean(0), c.x[rows].std(0) + 0.05)
    augment = Augmenter(c, pages, random)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.01)
    steps = epochs * math.ceil(len(pages) / BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=0.15)
    average = {key: value.clone() for key, value in net.state_dict().items()}
    for epoch in range(epochs):
        order = random.permutation(pages)
        losses = []
        for at in range(0, len(order), BATCH):
            batch = order[at : at + BATCH]
            inputs, story, weight = make_batch(c, batch, random, augment.rows)
            target = story * (1 - 2 * SMOOTHING) + SMOOTHING
            loss = functional.binary_cross_entropy_with_logits(net(*inputs), target, reduction="none")
            loss = (loss * weight).sum() / len(batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            with torch.no_grad():
                for key, value in net.state_dict().items():
                    average[key].mul_(AVERAGING).add_(value, alpha=1 - AVERAGING)
            losses.append(loss.item())
        print(f"epoch {epoch}: loss {np.mean(losses):.4f}", flush=True)
    net.load_state_dict(average)
    net.eval()
    return net


def base64_of(array):
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def quantise(embedding):
    """Embeddings in eight bits, a scale for each dimension; the net then uses what the package will."""
    with torch.no_grad():
        table = embedding.weight
        scales = table.abs().amax(0) / 127 + 1e-12
        steps = torch.round(table / scales).clamp(-127, 127)
        table.copy_(steps * scales)
    return steps.numpy().astype(np.int8), scales.numpy()


def check(net, c):
    """Invented blocks with the net's verdicts, for the test that compares them with those of the package."""
    random = np.random.default_rng(SEED)
    x = (net.mean.numpy() + net.deviation.numpy() * random.standard_normal((40, len(c.names)))).astype(np.float32).round(2)
    words = [[random.integers(0, len(bag.vocabulary), random.integers(0, 9)) for _ in range(40)] for bag in c.bags]
    with torch.no_grad():
        bags = [bag_of(np.concatenate(rows), np.array([len(row) for row in rows])) for rows in words]
        out = net(torch.from_numpy(x), bags, torch.ones(40, 1))
    return {
        "measurements": [[round(float(v), 2) for v in row] for row in x],
        "words": [[[int(v) for v in row] for row in rows] for rows in words],
        "logits": [round(float(v), 5) for v in out],
    }


def surrogate(net, c, pages):
    """A linear reading of the net: what each measurement adds to the log odds, for the evidence in words. Ridge regression."""
    rows = np.concatenate([c.rows(page) for page in pages[::20]])
    logits = []
    with torch.no_grad():
        for page in pages[::20]:
            own = c.rows(page)
            bags = []
            for bag in c.bags:
                seen, owner = bag.seen(own)
                bags.append(bag_of(seen[seen >= 0], np.bincount(owner[seen >= 0], minlength=len(own))))
            logits.append(net(torch.from_numpy(c.x[own]), bags, torch.ones(len(own), 1)))
        y = torch.cat(logits).clamp(-5, 5).numpy()
    x = np.clip((c.x[rows] - net.mean.numpy()) / net.deviation.numpy(), -5, 5)
    x = np.concatenate([x, np.ones((len(x), 1), np.float32)], 1)
    slopes = np.linalg.solve(x.T @ x + 0.01 * len(x) * np.eye(x.shape[1]), x.T @ y)
    explained = 1 - np.var(y - x @ slopes) / np.var(y)
    return slopes[:-1], float(explained)


def stored_bag(embedding, vocabulary):
    steps, scales = quantise(embedding)
    return {
        "dimensions": DIMENSIONS,
        "scales": [float(v) for v in scales],
        "vocabulary": base64_of(vocabulary),
        "embeddings": base64_of(steps),
    }


def store(net, c, path, about):
    words, *markup = [stored_bag(embedding, bag.vocabulary) for embedding, bag in zip(net.embeddings, c.bags)]
    dense = [net.first.weight.t(), net.first.bias]
    for taps, across in zip(net.taps, net.across):
        dense += [taps, across.weight.t(), across.bias]
    dense += [net.last.weight[0], net.last.bias]
    slopes, explained = surrogate(net, c, np.arange(len(c.pages)))
    about["explained"] = round(explained, 3)
    stored = {
        "about": about,
        "languages": c.languages,
        "slopes": [round(float(v), 4) for v in slopes],
        "channels": CHANNELS,
        "dilations": list(DILATIONS),
        "mean": [round(float(v), 6) for v in net.mean],
        "deviation": [round(float(v), 6) for v in net.deviation],
        **words,
        **({"markup": markup[0]} if markup else {}),
        "dense": base64_of(np.concatenate([part.detach().numpy().ravel() for part in dense])),
    }
    json.dump(stored, open(path, "w"), indent=1)
    return check(net, c)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--check")
    parser.add_argument("--date", default="")
    parser.add_argument("--fold", type=int, default=-1)
    parser.add_argument("--without", default="")
    parser.add_argument("--epochs", type=int, default=3)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True, warn_only=True)
    c = Corpus(options.work)
    left = [page["fold"] != options.fold and page["lang"] != options.without for page in c.pages]
    pages = np.flatnonzero(left)
    net = fit(c, pages, options.epochs)
    about = {"data": c.about["data"], "pages": len(pages), "blocks": int(sum(c.pages[p]["blocks"] for p in pages))}
    if options.date:
        about["date"] = options.date
    checked = store(net, c, options.out, about)
    if options.check:
        json.dump(checked, open(options.check, "w"))


main()
