"""Fits which line of a page is its headline, on what train/headlines.ts wrote.

  python3 train/headlines.py WRITTEN --out src/passes/headline-weights.json

A line's score is a sum of its measurements and a small net over them; of all lines of a page one is the headline, with probabilities that
are the exponentials of the scores over their sum (a conditional logit, McFadden 1974). Prints how often the likeliest line is the
headline, on pages that were not fitted on. Needs numpy and torch; takes some minutes.
"""
import argparse
import datetime
import json
import os

import numpy as np
import torch

FOLDS = 5
"""Hidden units, and what a squared weight costs; chosen out of fold. Without hidden units the headline is found on .81 of the pages, with
8 on .83, with 16 on as many (means over the flavors)."""
HIDDEN = 8
RIDGE = 1e-3
STEPS = 600
RATE = 0.02
"""Standardised measurements are clipped there."""
MAX_DEVIATION = 3
"""Pages-dev has each page in four flavors."""
WEIGHT = {'innertext': .5, 'paragraphs': .5, 'bs4': .5, 'lynx': .5}
DIGITS = 4


class Net:
    def __init__(self, pages):
        self.pages = [page for page in pages if any(page['titles'])]
        rows = np.concatenate([page['lines'] for page in self.pages]).astype(np.float32)
        self.means, self.deviations = rows.mean(0), rows.std(0) + 1e-4
        size = rows.shape[1]
        generator = torch.Generator().manual_seed(1)
        self.linear = torch.zeros(size)
        self.hidden = torch.randn(size + 1, HIDDEN, generator=generator) / size ** .5
        self.worth = torch.randn(HIDDEN, generator=generator) * .1
        self.fit(self.standardise(rows))

    def standardise(self, rows):
        rows = np.clip((np.asarray(rows, np.float32) - self.means) / self.deviations, -MAX_DEVIATION, MAX_DEVIATION)
        return torch.from_numpy(np.concatenate([rows, np.ones((len(rows), 1), np.float32)], 1))

    def score(self, rows):
        return rows[:, :-1] @ self.linear + torch.tanh(rows @ self.hidden) @ self.worth

    def fit(self, rows):
        titles = torch.from_numpy(np.concatenate([page['titles'] for page in self.pages]).astype(np.float32))
        count = len(self.pages)
        page_of = torch.from_numpy(np.repeat(np.arange(count), [len(page['lines']) for page in self.pages]))
        weight = torch.tensor([WEIGHT.get(page['flavor'], 1.) for page in self.pages])
        weights = [w.requires_grad_() for w in (self.linear, self.hidden, self.worth)]
        optimizer = torch.optim.Adam(weights, lr=RATE)
        for _ in range(STEPS):
            optimizer.zero_grad()
            scores = self.score(rows)
            highest = torch.full((count,), -1e9).scatter_reduce(0, page_of, scores.detach(), 'amax')
            odds = torch.exp(scores - highest[page_of])
            of_all = torch.zeros(count).index_add(0, page_of, odds)
            of_titles = torch.zeros(count).index_add(0, page_of, odds * titles)
            loss = -(weight * torch.log(of_titles / of_all + 1e-9)).mean() + RIDGE * sum((w * w).sum() for w in weights)
            loss.backward()
            optimizer.step()
        for w in weights:
            w.requires_grad_(False)

    def is_right(self, page):
        return page['titles'][int(self.score(self.standardise(page['lines'])).argmax())] == 1

    def store(self):
        return {'means': rounded(self.means), 'deviations': rounded(self.deviations), 'linear': rounded(self.linear),
                'hidden': [rounded(unit) for unit in self.hidden.T], 'worth': rounded(self.worth)}


def rounded(values):
    return [round(float(v), DIGITS) for v in values]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('written')
    parser.add_argument('--out', required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    with open(os.path.join(args.written, 'pages.jsonl')) as file:
        pages = [json.loads(line) for line in file]
    with open(os.path.join(args.written, 'about.json')) as file:
        about = {**json.load(file), 'date': datetime.date.today().isoformat(), 'pages': len(pages)}
    found = {}
    for fold in range(FOLDS):
        net = Net([page for page in pages if page['fold'] != fold])
        for page in pages:
            if page['fold'] == fold:
                found.setdefault(page['flavor'], []).append(net.is_right(page))
    about['foundOutOfFold'] = {flavor: round(float(np.mean(each)), 3) for flavor, each in sorted(found.items())}
    print(json.dumps(about, indent=1))
    with open(args.out, 'w') as file:
        json.dump({'about': about, **Net(pages).store()}, file, separators=(',', ':'))


main()
