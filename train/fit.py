"""Fits the scorer on what export.ts wrote.

usage: fit.py --work DIR [--fold K] --out FILE

With --fold, pages of that fold are left out, so that they can be scored honestly. One thread and fixed seeds: the same input
gives the same bytes on the same machine.
"""

import argparse
import base64
import json
import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional

TAPS = 5
DILATIONS = (1, 2, 4, 8, 16)
GAP = 2 * max(DILATIONS)
CHANNELS = 32
DIMENSIONS = 16
# Hashed words that are kept: the ones on the most sites. More of them learn the outlets by heart.
VOCABULARY = 6000
MIN_SITES = 4
EPOCHS = 3
BATCH = 6
RATE = 3e-3
SEED = 1
# Share of a page's words that are not seen in a step, and of the vocabulary at most twice this share.
WORD_DROPOUT = 0.15
TYPE_DROPOUT = 0.3
# Share of pages that are shown without words, as a page in a language that is not in the data.
WORDLESS = 0.2
DROPOUT = 0.1
SMOOTHING = 0.01
# Lines of a page that are seen in one step.
MAX_LINES = 500
# What a block counts grows with its words to this power, up to so many words.
WORDS_POWER = 0.5
MAX_WORDS = 120
AVERAGING = 0.998
WEIGHTS = {"gold": 0.3, "snippets": 0.7}
MADE_WEIGHT = 0.4


class Corpus:
    """Blocks of all pages in a row, with where each page and its words begin."""

    def __init__(self, folder):
        about = json.load(open(f"{folder}/about.json"))
        self.about = about
        self.names = about["measurements"]
        self.pages = [json.loads(line) for line in open(f"{folder}/pages.jsonl")]
        self.x = np.fromfile(f"{folder}/measurements.f32", np.float32).reshape(-1, len(self.names))
        table = np.fromfile(f"{folder}/blocks.f32", np.float32).reshape(-1, 4)
        self.story, self.weight, self.words = (table[:, i].copy() for i in range(3))
        self.hashes = np.fromfile(f"{folder}/hashes.u32", np.uint32)
        self.hash_from = np.concatenate([[0], np.cumsum(table[:, 3].astype(np.int64))])
        self.block_from = np.concatenate([[0], np.cumsum([p["blocks"] for p in self.pages])])
        self.place = self.names.index("position")
        self.known = None

    def rows(self, page):
        return np.arange(self.block_from[page], self.block_from[page + 1])

    def vocabulary(self, pages):
        """Hashes on at least MIN_SITES sites, the most common ones."""
        by_site = {}
        for page in pages:
            by_site.setdefault(self.pages[page]["site"], []).append(page)
        found = []
        for site in sorted(by_site):
            parts = []
            for page in by_site[site]:
                first, last = self.block_from[page], self.block_from[page + 1]
                parts.append(self.hashes[self.hash_from[first] : self.hash_from[last]])
            found.append(np.unique(np.concatenate(parts)))
        values, counts = np.unique(np.concatenate(found), return_counts=True)
        values, counts = values[counts >= MIN_SITES], counts[counts >= MIN_SITES]
        return np.sort(values[np.lexsort((values, -counts))[:VOCABULARY]])

    def look_up(self, vocabulary):
        at = np.searchsorted(vocabulary, self.hashes)
        at[at == len(vocabulary)] = 0
        self.known = np.where(vocabulary[at] == self.hashes, at, -1)


class Net(nn.Module):
    """See src/model/scorer.ts, which does the same."""

    def __init__(self, measurements, words, mean, deviation):
        super().__init__()
        self.embedding = nn.EmbeddingBag(words, DIMENSIONS, mode="mean")
        nn.init.normal_(self.embedding.weight, 0, 0.05)
        self.first = nn.Linear(measurements + DIMENSIONS, CHANNELS)
        self.taps = nn.ParameterList([nn.Parameter(torch.randn(TAPS, CHANNELS) * 0.3) for _ in DILATIONS])
        self.across = nn.ModuleList([nn.Linear(CHANNELS, CHANNELS) for _ in DILATIONS])
        self.last = nn.Linear(CHANNELS, 1)
        self.dropout = nn.Dropout(DROPOUT)
        self.register_buffer("mean", torch.tensor(mean))
        self.register_buffer("deviation", torch.tensor(deviation))

    def forward(self, x, words, starts, mask):
        x = ((x - self.mean) / self.deviation).clamp(-5, 5)
        h = torch.relu(self.first(torch.cat([x, self.embedding(words, starts)], 1))) * mask
        rows = h.shape[0]
        for dilation, taps, across in zip(DILATIONS, self.taps, self.across):
            padded = functional.pad(h, (0, 0, 2 * dilation, 2 * dilation))
            mixed = sum(padded[j * dilation : j * dilation + rows] * taps[j] for j in range(TAPS))
            h = (h + self.dropout(torch.relu(across(torch.relu(mixed))))) * mask
        return self.last(h)[:, 0]


def place_of(count):
    i = np.arange(count)
    far = math.log(200)
    ends = [np.minimum(1, np.log1p(i) / far), np.minimum(1, np.log1p(count - 1 - i) / far)]
    return np.stack([i / max(1, count - 1), *ends], 1).astype(np.float32)


def runs_of(flags):
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return list(zip(edges[::2], edges[1::2]))


class Augmenter:
    """Shows pages as they might have been, so that the kind is learned and not the page."""

    def __init__(self, corpus, pages, random):
        self.corpus, self.pages, self.random = corpus, pages, random

    def rows(self, page):
        c = self.corpus
        rows = c.rows(page)
        story, weight = c.story[rows], c.weight[rows]
        body = np.flatnonzero((story > 0.5) & (weight > 0))
        if len(body) == 0 or c.pages[page]["flavor"] == "snippets":
            return rows
        dice = self.random.random()
        if dice < 0.10:
            return rows[(story > 0.5) | (weight == 0)]
        if dice < 0.30:
            return self.thin_out(rows, story)
        if dice < 0.45:
            return self.dress(rows, body)
        if dice < 0.55:
            count = self.random.integers(1, 6)
            cut = body[count] if count < len(body) else len(rows)
            return rows[~((np.arange(len(rows)) >= cut) & (story > 0.3))]
        return rows

    def thin_out(self, rows, story):
        """Furniture missing here and there."""
        keep = np.ones(len(rows), bool)
        for first, last in runs_of(story < 0.2):
            if self.random.random() < 0.5:
                keep[first:last] = False
        return rows[keep]

    def dress(self, rows, body):
        """The furniture of another page around the story."""
        c = self.corpus
        for _ in range(5):
            other = self.pages[self.random.integers(len(self.pages))]
            if c.pages[other]["set"] != "bundles-dev" and c.pages[other]["flavor"] not in WEIGHTS:
                theirs = c.rows(other)
                held = np.flatnonzero(c.story[theirs] > 0.5)
                if len(held) > 0:
                    inner = rows[body[0] : body[-1] + 1]
                    return np.concatenate([theirs[: held[0]], inner, theirs[held[-1] + 1 :]])
        return rows


def page_weight(page):
    return MADE_WEIGHT if page["set"] == "bundles-dev" else WEIGHTS.get(page["flavor"], 1.0)


def make_batch(c, pages, random, rows_of, words):
    parts = {"x": [], "words": [], "counts": [], "mask": [], "story": [], "weight": []}
    for page in pages:
        rows = rows_of(page)
        if len(rows) == 0:
            rows = c.rows(page)
        place = place_of(len(rows))
        if len(rows) > MAX_LINES:
            first = random.integers(0, len(rows) - MAX_LINES + 1)
            rows, place = rows[first : first + MAX_LINES], place[first : first + MAX_LINES]
        x = c.x[rows].copy()
        x[:, c.place : c.place + 3] = place
        count = len(rows)
        first, lengths = c.hash_from[rows], c.hash_from[rows + 1] - c.hash_from[rows]
        begin = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        seen = c.known[np.repeat(first - begin, lengths) + np.arange(lengths.sum())]
        keep = (seen >= 0) & (random.random(len(seen)) > WORD_DROPOUT)
        share = 1.0 if random.random() < WORDLESS else TYPE_DROPOUT * random.random() * 2
        hidden = random.random(words) < share
        keep &= ~hidden[np.maximum(seen, 0)]
        owner = np.repeat(np.arange(count), lengths)[keep]
        weight = c.weight[rows] * np.clip(c.words[rows], 0.5, MAX_WORDS) ** WORDS_POWER
        total = weight.sum()
        empty = np.zeros(GAP, np.float32)
        parts["x"] += [x, np.zeros((GAP, x.shape[1]), np.float32)]
        parts["words"].append(seen[keep])
        parts["counts"] += [np.bincount(owner, minlength=count), np.zeros(GAP, np.int64)]
        parts["mask"] += [np.ones(count, np.float32), empty]
        parts["story"] += [c.story[rows], empty]
        parts["weight"] += [weight / total * page_weight(c.pages[page]) if total > 0 else weight, empty]
    joined = {key: np.concatenate(value) for key, value in parts.items()}
    starts = np.concatenate([[0], np.cumsum(joined["counts"])[:-1]])
    tensor = torch.from_numpy
    inputs = (
        tensor(joined["x"]),
        tensor(joined["words"].astype(np.int64)),
        tensor(starts.astype(np.int64)),
        tensor(joined["mask"])[:, None],
    )
    return inputs, tensor(joined["story"]), tensor(joined["weight"].astype(np.float32))


def fit(c, pages):
    torch.manual_seed(SEED)
    random = np.random.default_rng(SEED)
    vocabulary = c.vocabulary(pages)
    c.look_up(vocabulary)
    rows = np.concatenate([c.rows(page) for page in pages[:: max(1, len(pages) // 1000)]])
    net = Net(len(c.names), len(vocabulary), c.x[rows].mean(0), c.x[rows].std(0) + 0.05)
    augment = Augmenter(c, pages, random)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.01)
    steps = EPOCHS * math.ceil(len(pages) / BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=0.15)
    average = {key: value.clone() for key, value in net.state_dict().items()}
    for epoch in range(EPOCHS):
        order = random.permutation(pages)
        losses = []
        for at in range(0, len(order), BATCH):
            batch = order[at : at + BATCH]
            inputs, story, weight = make_batch(c, batch, random, augment.rows, len(vocabulary))
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
    return net, vocabulary


def base64_of(array):
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def quantise(net):
    """Embeddings in eight bits, a scale for each dimension; the net then uses what the package will."""
    with torch.no_grad():
        table = net.embedding.weight
        scales = table.abs().amax(0) / 127 + 1e-12
        steps = torch.round(table / scales).clamp(-127, 127)
        table.copy_(steps * scales)
    return steps.numpy().astype(np.int8), scales.numpy()


def check(net, c):
    """Invented blocks with the net's verdicts, for the test that compares them with those of the package."""
    random = np.random.default_rng(SEED)
    x = (net.mean.numpy() + net.deviation.numpy() * random.standard_normal((40, len(c.names)))).astype(np.float32).round(2)
    words = [random.integers(0, VOCABULARY, random.integers(0, 9)) for _ in range(40)]
    starts = np.concatenate([[0], np.cumsum([len(w) for w in words])[:-1]]).astype(np.int64)
    with torch.no_grad():
        out = net(
            torch.from_numpy(x), torch.from_numpy(np.concatenate(words)), torch.from_numpy(starts), torch.ones(40, 1)
        )
    return {
        "measurements": [[round(float(v), 2) for v in row] for row in x],
        "words": [[int(v) for v in row] for row in words],
        "logits": [round(float(v), 5) for v in out],
    }


def surrogate(net, c, pages):
    """A linear reading of the net: what each measurement adds to the log odds, for the evidence in words. Ridge regression."""
    rows = np.concatenate([c.rows(page) for page in pages[::20]])
    with torch.no_grad():
        lengths = c.hash_from[rows + 1] - c.hash_from[rows]
        first = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        seen = c.known[np.repeat(c.hash_from[rows] - first, lengths) + np.arange(lengths.sum())]
        owner = np.repeat(np.arange(len(rows)), lengths)[seen >= 0]
        starts = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=len(rows)))[:-1]])
        sizes = [c.pages[page]["blocks"] for page in pages[::20]]
        logits, at = [], 0
        words = torch.from_numpy(seen[seen >= 0].astype(np.int64))
        for size in sizes:
            last = at + size
            begin = starts[at]
            end = starts[last] if last < len(rows) else len(words)
            x = torch.from_numpy(c.x[rows[at:last]])
            logits.append(net(x, words[begin:end], torch.from_numpy(starts[at:last] - begin), torch.ones(size, 1)))
            at = last
        y = torch.cat(logits).clamp(-5, 5).numpy()
    x = np.clip((c.x[rows] - net.mean.numpy()) / net.deviation.numpy(), -5, 5)
    x = np.concatenate([x, np.ones((len(x), 1), np.float32)], 1)
    slopes = np.linalg.solve(x.T @ x + 0.01 * len(x) * np.eye(x.shape[1]), x.T @ y)
    explained = 1 - np.var(y - x @ slopes) / np.var(y)
    return slopes[:-1], float(explained)


def store(net, c, vocabulary, path, about):
    steps, scales = quantise(net)
    dense = [net.first.weight.t(), net.first.bias]
    for taps, across in zip(net.taps, net.across):
        dense += [taps, across.weight.t(), across.bias]
    dense += [net.last.weight[0], net.last.bias]
    slopes, explained = surrogate(net, c, np.arange(len(c.pages)))
    about["explained"] = round(explained, 3)
    stored = {
        "about": about,
        "slopes": [round(float(v), 4) for v in slopes],
        "channels": CHANNELS,
        "dimensions": DIMENSIONS,
        "dilations": list(DILATIONS),
        "mean": [round(float(v), 6) for v in net.mean],
        "deviation": [round(float(v), 6) for v in net.deviation],
        "scales": [float(v) for v in scales],
        "vocabulary": base64_of(vocabulary),
        "embeddings": base64_of(steps),
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
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True, warn_only=True)
    c = Corpus(options.work)
    pages = np.array([i for i, page in enumerate(c.pages) if page["fold"] != options.fold])
    net, vocabulary = fit(c, pages)
    about = {"data": c.about["data"], "pages": len(pages), "blocks": int(sum(c.pages[p]["blocks"] for p in pages))}
    if options.date:
        about["date"] = options.date
    checked = store(net, c, vocabulary, options.out, about)
    if options.check:
        json.dump(checked, open(options.check, "w"))


main()
