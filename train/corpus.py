"""What the scorer is fitted on: the pages that export.ts wrote, shown as they might have been."""

import json
import math
from collections import Counter

import numpy as np
import torch

# Lines that part pages from each other, so that no convolution reaches from one into the next.
GAP = 32
# Hashed words that are kept: the ones on the most sites. More of them learn the outlets by heart.
VOCABULARY = 6000
MIN_SITES = 4
# Share of a page's words that are not seen in a step, and of the vocabulary at most twice this share.
WORD_DROPOUT = 0.15
TYPE_DROPOUT = 0.3
# Share of pages that are shown without words, as a page in a language that is not in the data.
WORDLESS = 0.2
# Share of pages that are shown without Readability's vote.
VOTELESS = 0.5
# Lines of a page that are seen in one step.
MAX_LINES = 500
# What a block counts grows with its words to this power, up to so many words.
WORDS_POWER = 0.5
MAX_WORDS = 120
# The pages of pages-dev come five times each, as five tools turn them into text, those of multi-dev and silver-dev once. Chosen on
# languages that were left out (left-out.ts): they lose with less weight for news of several languages.
WEIGHTS = {"gold": 0.6, "snippets": 0.7, "silver": 2.0}
SET_WEIGHTS = {"bundles-dev": 0.4, "multi-dev": 4.0}
# Flavors without a page's own furniture, or with little known of it.
BARE = ("gold", "snippets")
# Share of checked texts that are shown with a few lines of another page's furniture above or below, and how many lines.
MENUS = 0.5
MENU_LINES = 8
# With fewer documents a language's words are not learned. What looks the same in another language says something else there, so
# that the words of such a page mislead: left-out.ts measures it.
MIN_DOCUMENTS = 100


class Corpus:
    """Blocks of all pages in a row, with where each page and its words begin."""

    def __init__(self, folder):
        about = json.load(open(f"{folder}/about.json"))
        self.about = about
        self.names = about["measurements"]
        self.pages = [json.loads(line) for line in open(f"{folder}/pages.jsonl")]
        self.x = np.fromfile(f"{folder}/measurements.f32", np.float32).reshape(-1, len(self.names))
        bags = about["bags"]
        table = np.fromfile(f"{folder}/blocks.f32", np.float32).reshape(-1, 3 + len(bags))
        self.story, self.weight, self.words = (table[:, i].copy() for i in range(3))
        self.bags = [Bag(f"{folder}/{name}.u32", table[:, 3 + i]) for i, name in enumerate(bags)]
        self.block_from = np.concatenate([[0], np.cumsum([p["blocks"] for p in self.pages])])
        self.place = self.names.index("position")
        self.vote = self.names.index("vote") if "vote" in self.names else None

    def rows(self, page):
        return np.arange(self.block_from[page], self.block_from[page + 1])

    def has_words(self, page):
        """Its language is one of those whose words are learned, or nobody knows it."""
        return self.pages[page]["lang"] in (None, *self.languages)

    def learn_words(self, pages):
        """Languages and vocabularies, those of the pages: hashes on at least MIN_SITES sites, the most common ones."""
        counts = Counter(self.pages[page]["lang"] for page in pages)
        self.languages = sorted(lang for lang, count in counts.items() if lang is not None and count >= MIN_DOCUMENTS)
        text, *markup = self.bags
        self.learn_bag(text, [page for page in pages if self.has_words(page)])
        for bag in markup:
            self.learn_bag(bag, pages)

    def learn_bag(self, bag, pages):
        by_site = {}
        for page in pages:
            by_site.setdefault(self.pages[page]["site"], []).append((self.block_from[page], self.block_from[page + 1]))
        found = [np.unique(np.concatenate([bag.of(*span) for span in by_site[site]])) for site in sorted(by_site)]
        values, counts = np.unique(np.concatenate(found), return_counts=True)
        values, counts = values[counts >= MIN_SITES], counts[counts >= MIN_SITES]
        bag.look_up(np.sort(values[np.lexsort((values, -counts))[:VOCABULARY]]))


class Bag:
    """Hashed words of all blocks in a row, with where those of each block begin."""

    def __init__(self, path, counts):
        self.hashes = np.fromfile(path, np.uint32)
        self.first = np.concatenate([[0], np.cumsum(counts.astype(np.int64))])
        self.vocabulary = None
        self.known = None

    def of(self, first, last):
        return self.hashes[self.first[first] : self.first[last]]

    def look_up(self, vocabulary):
        at = np.searchsorted(vocabulary, self.hashes)
        at[at == len(vocabulary)] = 0
        self.vocabulary = vocabulary
        self.known = np.where(vocabulary[at] == self.hashes, at, -1)

    def seen(self, rows):
        """Known words of these blocks, -1 for others, and to which of them each belongs."""
        lengths = self.first[rows + 1] - self.first[rows]
        begin = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        known = self.known[np.repeat(self.first[rows] - begin, lengths) + np.arange(lengths.sum())]
        return known, np.repeat(np.arange(len(rows)), lengths)


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
        if c.pages[page]["flavor"] == "gold" and self.random.random() < MENUS:
            return self.add_menu(rows)
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
        above, below = self.furniture()
        return np.concatenate([above, rows[body[0] : body[-1] + 1], below])

    def add_menu(self, rows):
        """A checked text of which a scraper left a line or some of the furniture, above or below."""
        above, below = self.furniture()
        count = self.random.integers(1, MENU_LINES + 1)
        if self.random.random() < 0.5:
            first = self.random.integers(0, max(1, len(above) - count + 1))
            return np.concatenate([above[first : first + count], rows])
        first = self.random.integers(0, max(1, len(below) - count + 1))
        return np.concatenate([rows, below[first : first + count]])

    def furniture(self):
        """What stands above and below the story of some page; nothing when none is found soon."""
        c = self.corpus
        for _ in range(5):
            other = self.pages[self.random.integers(len(self.pages))]
            if c.pages[other]["set"] != "bundles-dev" and c.pages[other]["flavor"] not in BARE:
                theirs = c.rows(other)
                held = np.flatnonzero(c.story[theirs] > 0.5)
                if len(held) > 0:
                    return theirs[: held[0]], theirs[held[-1] + 1 :]
        return np.empty(0, int), np.empty(0, int)


def page_weight(page):
    return SET_WEIGHTS.get(page["set"], 1.0) * WEIGHTS.get(page["flavor"], 1.0)


def make_batch(c, pages, random, rows_of):
    parts = {"x": [], "mask": [], "story": [], "weight": []}
    words = [{"seen": [], "counts": []} for _ in c.bags]
    for page in pages:
        rows = rows_of(page)
        if len(rows) == 0:
            rows = c.rows(page)
        place = place_of(len(rows))
        if len(rows) > MAX_LINES:
            first = random.integers(0, len(rows) - MAX_LINES + 1)
            rows, place = rows[first : first + MAX_LINES], place[first : first + MAX_LINES]
        count = len(rows)
        x = c.x[rows].copy()
        x[:, c.place : c.place + 3] = place
        if c.vote is not None and random.random() < VOTELESS:
            x[:, c.vote] = 0
        for bag, part in zip(c.bags, words):
            is_unread = bag is c.bags[0] and not c.has_words(page)
            seen, counts = hide_words(bag, rows, random, is_unread)
            part["seen"].append(seen)
            part["counts"] += [counts, np.zeros(GAP, np.int64)]
        weight = c.weight[rows] * np.clip(c.words[rows], 0.5, MAX_WORDS) ** WORDS_POWER
        total = weight.sum()
        empty = np.zeros(GAP, np.float32)
        parts["x"] += [x, np.zeros((GAP, x.shape[1]), np.float32)]
        parts["mask"] += [np.ones(count, np.float32), empty]
        parts["story"] += [c.story[rows], empty]
        parts["weight"] += [weight / total * page_weight(c.pages[page]) if total > 0 else weight, empty]
    joined = {key: np.concatenate(value) for key, value in parts.items()}
    tensor = torch.from_numpy
    bags = [bag_of(np.concatenate(part["seen"]), np.concatenate(part["counts"])) for part in words]
    inputs = (tensor(joined["x"]), bags, tensor(joined["mask"])[:, None])
    return inputs, tensor(joined["story"]), tensor(joined["weight"].astype(np.float32))


def bag_of(seen, counts):
    """Words in a row and where those of each block begin, as the net reads them."""
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    return torch.from_numpy(seen.astype(np.int64)), torch.from_numpy(starts.astype(np.int64))


def hide_words(bag, rows, random, is_unread):
    """The known words of blocks without some of them, here and there and everywhere on the page; none of a language that is not learned."""
    seen, owner = bag.seen(rows)
    keep = (seen >= 0) & (random.random(len(seen)) > WORD_DROPOUT)
    share = 1.0 if is_unread or random.random() < WORDLESS else TYPE_DROPOUT * random.random() * 2
    hidden = random.random(len(bag.vocabulary)) < share
    keep &= ~hidden[np.maximum(seen, 0)]
    return seen[keep], np.bincount(owner[keep], minlength=len(rows))
