"""Fits the wording of ledes and headlines on what train/openings.ts wrote.

  python3 train/openings.py WRITTEN --out src/model/opening-weights.json --folds DIR

Logistic regressions over hashed words, openings and others weighing the same. Words of few stories are left out; of the others those
stay whose weight and number of stories are the largest. A fold's wording saw no story of any document of the fold.
Needs numpy and torch; takes some minutes.
"""
import argparse
import base64
import datetime
import json
import os
from collections import Counter

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits, embedding_bag

FOLDS = 5
"""Chosen out of fold: cost of a squared weight, stories that a word must stand in, words that stay."""
COST = 1e-5
MIN_STORIES = {'paragraph': 5, 'ending': 5, 'headline': 3}
WORDS = {'paragraph': 8000, 'ending': 4000, 'headline': 4000}
"""Of languages with fewer stories nothing is learned, and nothing is read: what other languages teach tells none of their ledes."""
LANGUAGE_STORIES = 100
STEPS = 50
STEP_SIZES = 127


class Lines:
    def __init__(self, folder):
        with open(os.path.join(folder, 'lines.jsonl')) as file:
            rows = [json.loads(line) for line in file]
        hashes = np.fromfile(os.path.join(folder, 'words.i32'), dtype=np.int32).view(np.uint32)
        self.vocabulary, self.words = np.unique(hashes, return_inverse=True)
        counts = np.array([row['words'] for row in rows])
        self.starts = np.r_[0, np.cumsum(counts)]
        self.kind = np.array([row['kind'] for row in rows])
        self.opening = np.array([row['isOpening'] for row in rows])
        self.story = np.array([row['story'] for row in rows])
        self.folds = [set(row['folds']) for row in rows]
        self.lang = [row['lang'] for row in rows]
        stories = Counter(lang for _, lang in set(zip(self.story.tolist(), self.lang)) if lang is not None)
        self.languages = sorted(lang for lang, count in stories.items() if count >= LANGUAGE_STORIES)

    def choose(self, kind, keeps):
        return np.array([i for i in range(len(self.kind))
                         if self.kind[i] == kind and self.lang[i] in (None, *self.languages) and keeps(self.folds[i])])

    def bag(self, rows):
        pieces = [self.words[self.starts[i]:self.starts[i + 1]] for i in rows]
        sizes = np.array([len(piece) for piece in pieces])
        weights = np.repeat(1 / np.sqrt(np.maximum(1, sizes)), sizes)
        offsets = np.r_[0, np.cumsum(sizes)[:-1]]
        return torch.from_numpy(np.concatenate(pieces)), torch.from_numpy(offsets), torch.from_numpy(weights).float(), sizes


def stories_of_words(lines, words, stories):
    pairs = np.unique(words.astype(np.int64) * (stories.max() + 1) + stories)
    return np.bincount(pairs // (stories.max() + 1), minlength=len(lines.vocabulary))


def fit(lines, kind, rows):
    words, offsets, scale, sizes = lines.bag(rows)
    stories = stories_of_words(lines, words.numpy(), np.repeat(lines.story[rows], sizes))
    is_known = torch.from_numpy(stories >= MIN_STORIES[kind]).float()
    scale = scale * is_known[words]
    target = torch.from_numpy(lines.opening[rows]).float()
    balance = torch.where(target > 0, .5 / target.mean(), .5 / (1 - target.mean()))
    weights, bias = torch.zeros(len(lines.vocabulary), requires_grad=True), torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights, bias], max_iter=STEPS, history_size=8, line_search_fn='strong_wolfe')

    def step():
        optimiser.zero_grad()
        scores = embedding_bag(words, weights[:, None], offsets, mode='sum', per_sample_weights=scale)[:, 0] + bias
        loss = (balance * binary_cross_entropy_with_logits(scores, target, reduction='none')).mean() + COST * (weights ** 2).sum()
        loss.backward()
        return loss

    optimiser.step(step)
    values = (weights.detach() * is_known).numpy()
    importance = np.abs(values) * np.sqrt(stories)
    best = np.sort(np.argsort(-importance, kind='stable')[:WORDS[kind]])
    best = best[values[best] != 0]
    size = float(np.abs(values[best]).max()) / STEP_SIZES
    steps = np.round(values[best] / size).astype(np.int8)
    stored = {'dimensions': 1, 'scales': [round(size, 8)], 'bias': round(bias.item(), 4),
              'vocabulary': base64_of(lines.vocabulary[best]), 'embeddings': base64_of(steps)}
    kept = np.zeros(len(lines.vocabulary), np.float32)
    kept[best] = steps * size
    return stored, torch.from_numpy(kept), bias.item()


def area_under_curve(lines, rows, weights, bias):
    words, offsets, scale, _ = lines.bag(rows)
    scores = embedding_bag(words, weights[:, None], offsets, mode='sum', per_sample_weights=scale)[:, 0].numpy() + bias
    ranks, is_right = np.argsort(np.argsort(scores)), lines.opening[rows]
    return (ranks[is_right].mean() - (is_right.sum() - 1) / 2) / (~is_right).sum()


def base64_of(array):
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('written')
    parser.add_argument('--out', required=True)
    parser.add_argument('--folds', required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    lines = Lines(args.written)
    with open(os.path.join(args.written, 'about.json')) as file:
        about = {**json.load(file), 'date': datetime.date.today().isoformat(), 'lines': len(lines.kind)}
    os.makedirs(args.folds, exist_ok=True)
    areas = {kind: [] for kind in WORDS}
    for fold in range(FOLDS):
        parts = {}
        for kind in WORDS:
            stored, weights, bias = fit(lines, kind, lines.choose(kind, lambda folds: fold not in folds))
            areas[kind].append(round(float(area_under_curve(lines, lines.choose(kind, lambda folds: fold in folds), weights, bias)), 3))
            parts[kind] = stored
        write(os.path.join(args.folds, f'{fold}.json'), about, lines.languages, parts)
        print('fold', fold, {kind: area[-1] for kind, area in areas.items()}, flush=True)
    about['areaUnderCurveOutOfFold'] = {kind: round(float(np.mean(area)), 3) for kind, area in areas.items()}
    write(args.out, about, lines.languages, {kind: fit(lines, kind, lines.choose(kind, lambda folds: True))[0] for kind in WORDS})


def write(path, about, languages, parts):
    with open(path, 'w') as file:
        json.dump({'about': about, 'languages': languages, **parts}, file, separators=(',', ':'))


main()
