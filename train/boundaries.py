"""Fits the weights of the boundaries on what train/boundaries.ts wrote.

  python3 train/boundaries.py MEASURED --out src/stories/boundary-weights.json --folds DIR

A place's score is a sum of curves, one a measurement, and of a small net over all of them. A stretch of a page is cut at one of its places
or at none, with probabilities that are the exponentials of the scores over their sum, "none" scoring 0 (a conditional logit,
McFadden 1974). So the likelihood is that of whole pages: one with many places is not cut more often because it has many.
Needs numpy and torch; L-BFGS finds all of them in some minutes.
"""
import argparse
import datetime
import json
import os

import numpy as np
import torch

KNOTS = 6
"""Strength of smoothing, times the mean log likelihood of a stretch; chosen out of fold."""
SMOOTH = 3e-4
RARE_SCRIPT_FACTOR = 3
FOLDS = 5
STEPS = 90
CRUDE_STEPS = 25
"""How stretches count: what is real and must stay whole counts most. Made ones count by half of what they did when they were half as many.
Bundles count more since fewer whole pages are cut: with 1 for bundles, 2 for "gold waddle" and 4 for "whole" other stories have word F1 .959, with these .964."""
WEIGHTS = {'gold': 3, 'gold waddle': 3, 'gold silver': 1, 'whole': 3, 'whole waddle': 1.5, 'whole silver': 1, 'single': 1.5,
           'teasers': 1.5, 'bundle': 1.5, 'mixed': 1.5, 'headless': 1.5, 'made': 0.2, 'again': 1, 'fixture': 12}
"""Share of single stories that may be cut, out of fold, of each of the groups of MUST_STAY. 1 % is wanted of the first two groups, on whole
answers (npm run bench -- stories), and of the last one, bodies that are cleaned again (npm run bench -- quality)."""
MAX_FALSE = 0.009
MUST_STAY = (('single', 'teasers'), ('gold',), ('gold', 'gold waddle'), ('whole', 'whole waddle'), ('again',))
COHESION = ['llr', 'ratio', 'g', 'prominence', 'narrowLlr', 'narrowRatio', 'wideLlr', 'wideRatio', 'known', 'stretchKnown',
            'continued']
"""Without a headline-like line these say nothing."""
OF_HEADLINES = ['headlineOld', 'headlineTakenUp', 'headlineStems', 'headlineWords', 'headlineCapitals', 'headlineQuestion',
                'headlineToTop', 'headlineInLede', 'headlineAnew', 'headlines', 'headlineMarked', 'headlineScore', 'headlineOdds', 'headlineLead', 'sameHeadlineLength', 'repeated headline',
                'heading mark']
"""Enough to tell which places are no boundaries for sure."""
CRUDE = ['llr', 'ratio', 'g', 'margin', 'known', 'newNames', 'headlineTakenUp', 'headlineOld', 'headlineWords', 'headlineScore',
         'wordsAbove', 'wordsBelow', 'places', 'restarts', 'blank', 'scoreBelow', 'ledeOdds', 'repeated headline', 'end matter', 'date']
"""Standardised measurements are clipped there."""
MAX_DEVIATION = 3
"""Hidden units, and what a squared weight costs against the strength of smoothing; chosen out of fold."""
HIDDEN = 12
NET_FACTOR = 0.8
"""Fits that differ in where their nets start are averaged: what one net makes of the noise, the next does not. Two take the likelihood
of a stretch out of fold from -.0861 to -.0837, where the seeds differ by .0004."""
SEEDS = (1, 2)
"""Places that the curves alone make this unlikely are no boundaries for sure: of those, every so many counts for all."""
UNLIKELY = -5
EVERY = 10
LEAST = -99.0
DIGITS = 4


class Data:
    def __init__(self, folder):
        with open(os.path.join(folder, 'about.json')) as file:
            self.about = json.load(file)
        self.names = self.about['measurements']
        with open(os.path.join(folder, 'ranges.jsonl')) as file:
            self.ranges = [json.loads(line) for line in file]
        rows = np.fromfile(os.path.join(folder, 'gaps.f32'), dtype=np.float32).reshape(-1, len(self.names) + 2)
        self.places = len(rows)
        self.values, self.headed = rows[:, :-2], rows[:, -2] > 0
        self.truth = torch.from_numpy(rows[:, -1].astype(int))
        counts = [r['gaps'] for r in self.ranges]
        assert sum(counts) == len(rows)
        self.range_of = torch.from_numpy(np.repeat(np.arange(len(counts)), counts))
        self.fold = np.array([r['fold'] for r in self.ranges])
        self.folds = np.array([[fold in r['folds'] for fold in range(FOLDS)] for r in self.ranges])
        self.group = np.array([group_of(r) for r in self.ranges])
        self.weight = np.array([WEIGHTS[g] for g in self.group])
        self.stands_for = torch.ones(len(rows))
        self.has_boundary = torch.zeros(len(counts)).index_add(0, self.range_of, (self.truth == 1).float()) > 0

    def thin(self, scores):
        """Leaves out most of the places that are no boundaries for sure; those that stay stand for the others."""
        sure = (scores < UNLIKELY) & (self.truth.numpy() != 1)
        stays = ~sure | (np.random.default_rng(1).random(len(scores)) < 1 / EVERY)
        self.values, self.headed = self.values[stays], self.headed[stays]
        self.truth, self.range_of = self.truth[stays], self.range_of[stays]
        self.stands_for = torch.from_numpy(np.where(sure, EVERY, 1)[stays]).float()

    def column(self, name):
        return self.values[:, self.names.index(name)]


def group_of(stretch):
    if stretch['flavor'] == 'again':
        return 'again'
    kind = {'pages-dev': '', 'multi-dev': ' waddle', 'silver-dev': ' silver'}.get(stretch['set'])
    if kind is None:
        return stretch['flavor']
    return ('gold' if stretch['flavor'].startswith('gold') else 'whole') + kind


class Curves:
    """Straight lines between knots for some measurements, over some of the places."""

    def __init__(self, data, head, mask, names, factor=1.0):
        self.head, self.rows, self.curves = head, torch.from_numpy(np.where(mask)[0]), []
        columns, penalties = [], []
        for name in names:
            x = data.column(name)[mask]
            knots = choose_knots(x)
            if len(knots) < 2:
                continue
            columns.append(hats(x, knots))
            self.curves.append((name, knots))
            penalties.append(roughness(len(knots)) * factor)
        columns.append(np.ones((int(mask.sum()), 1), np.float32))
        penalties.append(np.array([[0.01]]))
        self.matrix = torch.from_numpy(np.concatenate(columns, 1))
        self.penalty = torch.from_numpy(block_diagonal(penalties)).float()

    def start(self, _):
        weights = torch.zeros(self.matrix.shape[1])
        weights[-1] = 0 if 'script' in self.head else (-4 if self.head['headed'] else -7)
        return weights

    def read(self, weights):
        return self.matrix @ weights

    def cost(self, weights):
        return weights @ (self.penalty @ weights)

    def store(self, fits):
        """Curves are moved so that an average place has 0, and what they are moved by goes to the bias."""
        weights = torch.stack(fits).mean(0)
        bias, at, curves = weights[-1].item(), 0, []
        means = self.matrix.mean(0).numpy()
        for name, knots in self.curves:
            worth = weights[at:at + len(knots)].numpy()
            centre = float(means[at:at + len(knots)] @ worth)
            bias += centre
            curves.append({'measurement': name, 'at': rounded(knots), 'worth': rounded(worth - centre)})
            at += len(knots)
        return {**self.head, 'bias': round(bias, DIGITS), 'curves': curves}


class Net:
    """One hidden layer over all measurements: what they say together."""

    def __init__(self, data, head, mask, names):
        self.head, self.names, self.rows = head, names, torch.from_numpy(np.where(mask)[0])
        columns = np.stack([data.column(name)[mask] for name in names], 1)
        self.mean, self.deviation = columns.mean(0), columns.std(0) + 1e-4
        columns = np.clip((columns - self.mean) / self.deviation, -MAX_DEVIATION, MAX_DEVIATION)
        self.matrix = torch.from_numpy(np.concatenate([columns, np.ones((len(columns), 1))], 1).astype(np.float32))
        self.penalty = NET_FACTOR

    def start(self, seed):
        generator, size = torch.Generator().manual_seed(seed), self.matrix.shape[1]
        hidden = torch.randn(size * HIDDEN, generator=generator) / size ** .5
        return torch.cat([hidden, torch.randn(HIDDEN, generator=generator) * .1])

    def read(self, weights):
        size = self.matrix.shape[1]
        return torch.tanh(self.matrix @ weights[:-HIDDEN].view(size, HIDDEN)) @ weights[-HIDDEN:]

    def cost(self, weights):
        return self.penalty * (weights * weights).sum()

    def store(self, fits):
        """The nets of all fits side by side, each with its share."""
        scales = [{'measurement': n, 'mean': round(float(m), DIGITS), 'deviation': round(float(d), DIGITS)}
                  for n, m, d in zip(self.names, self.mean, self.deviation)]
        hidden = torch.cat([weights[:-HIDDEN].view(-1, HIDDEN).T for weights in fits])
        return {**self.head, 'scales': scales, 'hidden': [rounded(unit) for unit in hidden],
                'worth': rounded(torch.cat([weights[-HIDDEN:] for weights in fits]) / len(fits))}


def choose_knots(x):
    """At quantiles; for what is mostly 0, at 0 and at the quantiles of the rest."""
    values = np.unique(x)
    if len(values) <= 3:
        return values
    if (x == 0).mean() > 0.5:
        return np.unique(np.round(np.r_[0, np.quantile(x[x != 0], [.1, .4, .7, .95])], DIGITS)).astype(np.float32)
    return np.unique(np.round(np.quantile(x, np.linspace(.02, .98, KNOTS)), DIGITS)).astype(np.float32)


def hats(x, knots):
    out = np.zeros((len(x), len(knots)), np.float32)
    clipped = np.clip(x, knots[0], knots[-1])
    left = np.clip(np.searchsorted(knots, clipped, side='right') - 1, 0, len(knots) - 2)
    part = (clipped - knots[left]) / (knots[left + 1] - knots[left])
    out[np.arange(len(x)), left] = 1 - part
    out[np.arange(len(x)), left + 1] = part
    return out


def roughness(n):
    """Steps and bends cost; height costs a little, so that there is one solution."""
    steps, bends = np.diff(np.eye(n), axis=0), np.diff(np.eye(n), 2, axis=0)
    return steps.T @ steps + bends.T @ bends + 0.05 * np.eye(n)


def block_diagonal(blocks):
    out, at = np.zeros((sum(len(b) for b in blocks),) * 2), 0
    for block in blocks:
        out[at:at + len(block), at:at + len(block)] = block
        at += len(block)
    return out


def build(data):
    headed, unspaced, english = data.headed, data.column('unspaced') > 0, data.column('english') > 0
    without = [name for name in data.names if name not in OF_HEADLINES]
    curves, nets = [], []
    for has, names in ((True, data.names), (False, without)):
        here = headed == has
        curves.append(Curves(data, {'headed': has}, here, names))
        for script, mask in (('other', ~unspaced & ~english), ('unspaced', unspaced)):
            curves.append(Curves(data, {'headed': has, 'script': script}, here & mask, COHESION, RARE_SCRIPT_FACTOR))
        nets.append(Net(data, {'headed': has}, here, names))
    return curves, nets


def score(parts, weights, n):
    out = torch.zeros(n)
    for part, w in zip(parts, weights):
        out = out.index_add(0, part.rows, part.read(w))
    return out


def fit(data, parts, chosen, steps=STEPS, seed=SEEDS[0]):
    weight = torch.from_numpy(data.weight * chosen).float()
    n, count = len(data.values), len(data.ranges)
    weights = [part.start(seed).requires_grad_() for part in parts]
    known, right = data.truth >= 0, data.truth == 1

    def loss():
        e = torch.exp(score(parts, weights, n).clamp(-30, 30)) * known * data.stands_for
        every = torch.zeros(count).index_add(0, data.range_of, e) + 1
        hits = torch.zeros(count).index_add(0, data.range_of, e * right)
        likelihood = torch.where(data.has_boundary, torch.log(hits + 1e-12), torch.zeros(count)) - torch.log(every)
        rough = sum(part.cost(w) for part, w in zip(parts, weights))
        return -(weight * likelihood).sum() / weight.sum() + SMOOTH * rough

    optimiser = torch.optim.LBFGS(weights, max_iter=steps, history_size=12, line_search_fn='strong_wolfe', tolerance_change=1e-7)

    def step():
        optimiser.zero_grad()
        value = loss()
        value.backward()
        return value

    optimiser.step(step)
    print('fitted', round(loss().item(), 5), flush=True)
    return [w.detach() for w in weights]


def fit_all(data, parts, chosen):
    return [fit(data, parts, chosen, seed=seed) for seed in SEEDS]


def best_of(data, scores):
    """Log odds that each stretch has a boundary, and whether its likeliest place is one."""
    s = np.where(data.truth.numpy() >= 0, scores, LEAST)
    order = np.lexsort((s, data.range_of.numpy()))
    ids = data.range_of.numpy()[order]
    last = np.r_[np.where(np.diff(ids))[0], len(ids) - 1]
    right = np.zeros(len(data.ranges), bool)
    right[ids[last]] = data.truth.numpy()[order[last]] == 1
    odds = np.bincount(data.range_of.numpy(), np.exp(np.clip(s, LEAST, 30)) * data.stands_for.numpy(), len(data.ranges))
    return np.log(np.maximum(odds, np.exp(LEAST))), right


def choose_threshold(data, best):
    whole = np.array([r['isWhole'] for r in data.ranges])
    for threshold in np.arange(-1, 3, 0.05):
        if all((best[whole & np.isin(data.group, groups)] > threshold).mean() <= MAX_FALSE for groups in MUST_STAY):
            return round(float(threshold), 2)
    return 3.0


def figures(data, best, right, threshold):
    whole, boundary = np.array([r['isWhole'] for r in data.ranges]), data.has_boundary.numpy()
    out = {}
    for group in sorted(set(data.group)):
        here = whole & (data.group == group)
        for name, mask, hit in (('cut falsely', ~boundary, best > threshold), ('found', boundary, (best > threshold) & right)):
            if (here & mask).any():
                out[f'{group}: {name}'] = round(float(hit[here & mask].mean()), DIGITS)
    return out


def rounded(values):
    return [round(float(v), DIGITS) for v in values]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('measured')
    parser.add_argument('--out', required=True)
    parser.add_argument('--folds', required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    data = Data(args.measured)
    crude = Curves(data, {'headed': True}, np.ones(len(data.values), bool), CRUDE)
    data.thin(score([crude], fit(data, [crude], np.ones(len(data.ranges)), CRUDE_STEPS), len(data.values)).numpy())
    print('places that are weighed', len(data.values), flush=True)
    curves, nets = build(data)
    parts = curves + nets
    out_of_fold, folds = np.zeros(len(data.values)), []
    for fold in range(FOLDS):
        fits = fit_all(data, parts, ~data.folds[:, fold])
        here = data.fold[data.range_of.numpy()] == fold
        for weights in fits:
            out_of_fold[here] += score(parts, weights, len(data.values)).numpy()[here] / len(SEEDS)
        folds.append(fits)
    best, right = best_of(data, out_of_fold)
    threshold = choose_threshold(data, best)
    about = {'data': data.about['data'], 'date': datetime.date.today().isoformat(), 'stretches': len(data.ranges),
             'places': data.places, 'outOfFold': figures(data, best, right, threshold)}
    for other in np.arange(-1, 2.1, 0.25):
        print(round(float(other), 2), json.dumps(figures(data, best, right, other)))
    print(threshold, json.dumps(about, indent=1))
    os.makedirs(args.folds, exist_ok=True)
    full = fit_all(data, parts, np.ones(len(data.ranges)))
    for path, fits in [(args.out, full)] + [(os.path.join(args.folds, f'{i}.json'), fold) for i, fold in enumerate(folds)]:
        stored = {'about': about, 'threshold': threshold,
                  'parts': [p.store(own) for p, own in zip(curves, zip(*fits))],
                  'nets': [p.store(own) for p, own in zip(nets, list(zip(*fits))[len(curves):])]}
        with open(path, 'w') as file:
            json.dump(stored, file, separators=(',', ':'))


main()
