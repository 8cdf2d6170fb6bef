"""Scores by SQL, written from the definition files alone; no line of the library is used or was read for it.

Every item becomes a number that carries its code or why there is none:

    below 2048   the code              2048          blank
    1 << 18      cannot be read        1 << 25       a code that the item does not have

so that one addition over the items of a score counts answers, blanks and the rest side by side. A score is an exact
fraction (num / den) and a state; states are ordered, and what rests on several scores has the worst of theirs. Conditions
use the three truth values of SQL: an answer that is missing is NULL.
"""
import json
import re
from fractions import Fraction
from functools import reduce
from math import gcd

BLANK, UNREADABLE, OUT_OF_RANGE = 1 << 11, 1 << 18, 1 << 25
OK, PRORATED, UNDEFINED, TOO_FEW, STATE_UNREADABLE, STATE_OUT = range(1, 7)
WORDS = {OK: "ok", PRORATED: "prorated", UNDEFINED: "undefined", TOO_FEW: "too-few-answers", STATE_UNREADABLE: "unreadable", STATE_OUT: "code-out-of-range"}


class NotExpressed(Exception):
    """What this file does not say in SQL, and why."""


def number(value):
    return Fraction(str(value))


def name(text):
    return text.replace("-", "_")


def select(instruments, source):
    """The steps of instruments over a table that has their items as numbers, and 'age' and 'sex' (NULL where nobody knows).

    What needs only what is there already goes into one SELECT: each more is work for the optimizer.
    """
    depth, layers = {}, []
    for instrument in instruments:
        for step, expression in instrument.steps.items():
            depth[step] = 1 + max((depth.get(word, 0) for word in re.findall(r"[a-z][a-z0-9_]*", expression)), default=0)
            while len(layers) < depth[step]:
                layers.append([])
            layers[depth[step] - 1].append(f"{expression} AS {step}")
    for layer in layers:
        source = f"(SELECT *, {', '.join(layer)} FROM {source})"
    return source


class DefinitionSql:
    """One instrument: the steps from its items to its scores, and the columns of the output."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.definition = json.load(file)
        self.id = self.definition["id"]
        self.prefix = self.id.replace("-", "")
        self.ids = [item["id"] for item in self.definition["items"]]
        self.items = {item["id"]: item for item in self.definition["items"]}
        self.scores = {score["id"]: score for score in self.definition["scores"]}
        # Columns on the way: name -> expression over earlier ones.
        self.steps = {}
        # Item -> its number after skip logic.
        self.used = {}
        # Column of the output -> (expression, expression that says where it is to be compared).
        self.columns = {}
        if self.definition["population"].get("subject") == "school":
            raise NotExpressed("a form about a school")
        for responses in self.definition["responses"].values():
            if responses["kind"] != "options":
                raise NotExpressed(f"answers of the kind '{responses['kind']}'")
        self._skip_logic()
        for score in self.definition["scores"]:
            self._score(score)
        for score in self.definition["scores"]:
            self._columns(score)
        for critical in self.definition.get("criticalItems", []):
            x = self.x(critical["item"])
            codes = ", ".join(map(str, critical["codes"]))
            self.columns[f"{self.prefix}_critical_{name(critical['id'])}"] = (
                f"CASE WHEN {x} IN ({codes}) THEN 'yes' WHEN {x} < {BLANK} THEN 'no' WHEN {x} = {BLANK} THEN 'unknown' ELSE 'unreadable' END", "true")

    def column(self, item):
        return f"{self.prefix}_{item}"

    def x(self, item):
        return self.used.get(item, f"x_{self.prefix}_{item}")

    def _step(self, name, expression):
        self.steps[name] = expression

    def codes(self, item):
        return [option["code"] for option in self._options(item)]

    def encoded(self, item, cell):
        """The number of an item, from its cell as text."""
        codes = ", ".join(f"'{code}'" for code in self.codes(item))
        return (f"CASE WHEN {cell} IN ({codes}) THEN {cell}::UINTEGER WHEN {cell} IS NULL OR {cell} = '' THEN {BLANK} "
                f"WHEN translate({cell}, '0123456789', '') = '' THEN {OUT_OF_RANGE} ELSE {UNREADABLE} END::UINTEGER AS x_{self.prefix}_{item}")

    # Reading the definition

    def _options(self, item):
        return self.definition["responses"][self.items[item]["responses"]]["options"]

    def _positions(self, entries):
        for entry in entries:
            first, last = (entry, entry) if entry in self.ids else entry.split("-")
            yield from self.ids[self.ids.index(first):self.ids.index(last) + 1]

    def _skip_logic(self):
        for item in self.definition["items"]:
            when, blank = item.get("askedWhen"), item.get("whenBlank")
            if not when and blank is None:
                continue
            x = self.x(item["id"])
            asked = self._condition(when["when"]) if when else "true"
            cases = f"WHEN {x} = {BLANK} AND ({asked}) IS FALSE THEN {when['otherwise']} " if when else ""
            cases += f"WHEN {x} = {BLANK} AND ({asked}) IS TRUE THEN {blank} " if blank is not None else ""
            self._step(f"u{x}", f"CASE {cases} ELSE {x} END::UINTEGER")
            self.used[item["id"]] = f"u{x}"

    def _condition(self, condition):
        kind = condition["kind"]
        if kind == "item":
            x = self.x(condition["item"])
            return f"(CASE WHEN {x} < {BLANK} THEN {x} IN ({', '.join(map(str, condition['codes']))}) END)"
        if kind == "score":
            cut, column = number(condition["atLeast"]), f"{self.prefix}_{name(condition['score'])}"
            return f"(CASE WHEN s_{column} <= {PRORATED} THEN n_{column} * {cut.denominator} >= d_{column} * {cut.numerator} END)"
        if kind in ("any", "all"):
            return "(" + f" {'OR' if kind == 'any' else 'AND'} ".join(self._condition(c) for c in condition["of"]) + ")"
        if kind == "count":
            parts = [self._condition(c) for c in condition["of"]]
            surely = "+".join(f"({p} IS TRUE)::INTEGER" for p in parts)
            possibly = "+".join(f"({p} IS NOT FALSE)::INTEGER" for p in parts)
            return f"(CASE WHEN {surely} >= {condition['atLeast']} THEN true WHEN {possibly} < {condition['atLeast']} THEN false END)"
        raise NotExpressed(f"a condition of the kind '{kind}'")

    def _scores_in(self, condition):
        if condition["kind"] == "score":
            yield condition["score"]
        for part in condition.get("of", []):
            yield from self._scores_in(part)

    # Scores

    def _term(self, item, score):
        """An item as a score takes it, and what marks a missing answer beside it."""
        x = self.x(item)
        options = self._options(item)
        worth = {o["code"]: o.get("score", o["code"]) for o in options}
        if self.items[item].get("reverse") and item not in set(self._positions(score.get("unreversed", []))):
            ends = min(worth.values()) + max(worth.values())
            worth = {code: ends - w for code, w in worth.items()}
        if min(worth.values()) < 0:
            raise NotExpressed("an option that is worth less than nothing")
        return x, worth

    def _packed(self, item, worth):
        x = self.x(item)
        if all(code == w for code, w in worth.items()):
            return x
        if len({code + w for code, w in worth.items()}) == 1:
            return f"(CASE WHEN {x} < {BLANK} THEN {next(iter(worth.items()))[0] + next(iter(worth.values()))} - {x} ELSE {x} END)"
        cases = " ".join(f"WHEN {code} THEN {w}" for code, w in worth.items())
        return f"(CASE {x} {cases} ELSE {x} END)::UINTEGER"

    def _score(self, score):
        kind, column = score["kind"], f"{self.prefix}_{name(score['id'])}"
        n, d, s = f"n_{column}", f"d_{column}", f"s_{column}"
        of = lambda other: f"{self.prefix}_{name(other)}"
        if kind in ("sum", "mean", "count"):
            items = list(self._positions(score["items"]))
            worths = {item: self._term(item, score)[1] for item in items}
            least = score.get("atLeast")
            if kind == "count":
                worths = {item: {code: int(w >= least) for code, w in worth.items()} for item, worth in worths.items()}
            highest = sum(max(w.values()) for w in worths.values())
            if highest >= BLANK or len(items) > 127:
                raise NotExpressed("a sum beyond eleven bits")
            self._step(f"p_{column}", "+".join(self._packed(i, worths[i]) for i in items))
            p, count = f"p_{column}", len(items)
            total, missing = f"({p} & {BLANK - 1})::BIGINT", f"(({p} >> 11) & 127)::BIGINT"
            allowed = score["missing"]["maxMissing"]
            state = (f"CASE WHEN {p} < {BLANK} THEN {OK} WHEN {p} >= {OUT_OF_RANGE} THEN {STATE_OUT} WHEN {p} >= {UNREADABLE} THEN {STATE_UNREADABLE} "
                     f"WHEN {p} < {BLANK * (allowed + 1)} THEN {PRORATED} ELSE {TOO_FEW} END")
            if kind == "mean" and least is not None:
                # The mean of the answers from a value on.
                above = {i: {c: w if w >= least else 0 for c, w in worths[i].items()} for i in items}
                counts = {i: {c: int(w >= least) for c, w in worths[i].items()} for i in items}
                self._step(f"a_{column}", "+".join(self._packed(i, above[i]) for i in items))
                self._step(f"c_{column}", "+".join(self._packed(i, counts[i]) for i in items))
                num, den = f"(a_{column} & {BLANK - 1})::BIGINT", f"(c_{column} & {BLANK - 1})::BIGINT"
                state = f"CASE WHEN {p} < {BLANK * (allowed + 1)} AND c_{column} & {BLANK - 1} = 0 THEN {UNDEFINED} ELSE {state} END"
            elif kind == "mean":
                num, den = total, f"({count} - {missing})"
            elif allowed:
                num, den = f"CASE WHEN {p} < {BLANK} THEN {total} ELSE {total} * {count} END", f"CASE WHEN {p} < {BLANK} THEN 1 ELSE {count} - {missing} END"
                num, den = self._rounded(column, "m", num, den, score["missing"].get("round"))
            else:
                num, den = total, "1"
            self._finish(score, column, num, den, state)
        elif kind == "total":
            parts = [of(part) for part in score["scores"]]
            # Parts have different denominators only when they are means or prorated.
            num, den = f"n_{parts[0]}", f"d_{parts[0]}"
            for i, part in enumerate(parts[1:]):
                self._step(f"tn{i}_{column}", f"({num}) * d_{part} + n_{part} * ({den})")
                self._step(f"td{i}_{column}", f"({den}) * d_{part}")
                num, den = f"tn{i}_{column}", f"td{i}_{column}"
            self._finish(score, column, num, den, f"greatest({', '.join(f's_{p}' for p in parts)})")
        elif kind == "quantity":
            item = score["item"]
            _, worth = self._term(item, score)
            p = self._packed(item, worth)
            x = self.x(item)
            self._finish(score, column, f"({p})::BIGINT", "1",
                         f"CASE WHEN {x} < {BLANK} THEN {OK} WHEN {x} >= {OUT_OF_RANGE} THEN {STATE_OUT} WHEN {x} >= {UNREADABLE} THEN {STATE_UNREADABLE} ELSE {TOO_FEW} END")
        elif kind == "steps":
            source = of(score["score"])
            cases = ""
            for step in reversed(score["steps"][1:]):
                cut, value = number(step["from"]), number(step["value"])
                if value.denominator != 1:
                    raise NotExpressed("a step to a fraction")
                cases += f"WHEN n_{source} * {cut.denominator} {'>' if step.get('after') else '>='} d_{source} * {cut.numerator} THEN {value} "
            first = number(score["steps"][0]["value"])
            self._finish(score, column, f"CASE {cases} ELSE {first} END::BIGINT", "1", f"s_{source}")
        elif kind == "table":
            source = of(score["score"])
            values = [number(v) for v in score["values"]]
            scale = reduce(lambda a, b: a * b // gcd(a, b), (v.denominator for v in values))
            first = number(self.scores[score["score"]]["range"]["min"])
            whole = f"n_{source} % d_{source} = 0"
            listed = ", ".join(str(int(v * scale)) for v in values)
            self._finish(score, column, f"[{listed}][n_{source} // d_{source} - {first} + 1]::BIGINT", str(scale),
                         f"CASE WHEN s_{source} <= {PRORATED} AND NOT ({whole}) THEN {UNDEFINED} ELSE s_{source} END")
        elif kind == "ratio":
            top, bottom = of(score["numerator"]), of(score["denominator"])
            low, high = number(score["range"]["min"]), number(score["range"]["max"])
            self._finish(score, column, f"n_{top} * d_{bottom}", f"d_{top} * n_{bottom}",
                         f"CASE WHEN greatest(s_{top}, s_{bottom}) <= {PRORATED} AND n_{bottom} = 0 THEN {UNDEFINED} ELSE greatest(s_{top}, s_{bottom}) END", (low, high))
        elif kind == "classes":
            conditions = [self._condition(c["when"]) for c in score["classes"]]
            values = [c["value"] for c in score["classes"]]
            first = "CASE " + " ".join(f"WHEN holds_{column}_{i} IS {{}} THEN {v}" for i, v in enumerate(values)) + f" ELSE {score['otherwise']} END"
            for i, condition in enumerate(conditions):
                self._step(f"holds_{column}_{i}", condition)
            surely, possibly = (first.replace("{}", truth) for truth in ("TRUE", "NOT FALSE"))
            self._finish(score, column, f"({surely})::BIGINT", "1", f"CASE WHEN {surely} = {possibly} THEN {OK} ELSE {TOO_FEW} END")
        else:
            raise NotExpressed(f"a score of the kind '{kind}'")

    def _rounded(self, column, stage, num, den, rule):
        if not rule or rule == "none":
            return num, den
        self._step(f"r{stage}n_{column}", f"({num})::BIGINT")
        self._step(f"r{stage}d_{column}", f"({den})::BIGINT")
        n, d = f"r{stage}n_{column}", f"r{stage}d_{column}"
        # Nothing here is negative, so // rounds down.
        return {"half-up": f"CASE WHEN {d} > 0 THEN (2 * {n} + {d}) // (2 * {d}) END", "floor": f"CASE WHEN {d} > 0 THEN {n} // {d} END"}[rule], "1"

    def _finish(self, score, column, num, den, state, limits=None):
        times = number(score.get("times", 1))
        if times != 1:
            num, den = f"({num}) * {times.numerator}", f"({den}) * {times.denominator}"
        num, den = self._rounded(column, "f", num, den, score.get("round"))
        if limits:
            (a, b), (c, e) = ((l.numerator, l.denominator) for l in limits)
            self._step(f"ln_{column}", f"({num})::BIGINT")
            self._step(f"ld_{column}", f"({den})::BIGINT")
            n, d = f"ln_{column}", f"ld_{column}"
            below, above = f"{n} * {b} < {d} * {a}", f"{n} * {e} > {d} * {c}"
            num, den = f"CASE WHEN {below} THEN {a} WHEN {above} THEN {c} ELSE {n} END", f"CASE WHEN {below} THEN {b} WHEN {above} THEN {e} ELSE {d} END"
        self._step(f"n_{column}", f"({num})::BIGINT")
        self._step(f"d_{column}", f"({den})::BIGINT")
        self._step(f"s_{column}", state)

    # Output

    def _columns(self, score):
        column = f"{self.prefix}_{name(score['id'])}"
        has = f"s_{column} <= {PRORATED}"
        known = self._known(score)
        self.columns[column] = (f"CASE WHEN {has} THEN n_{column}::DOUBLE / d_{column} END", known)
        population, bands = self.definition["population"], score.get("bands", [])
        limits = [f"age {sign} {population[key]}" for key, sign in (("minAge", "<"), ("maxAge", ">")) if key in population]
        outside = f"coalesce({' OR '.join(limits)}, false)" if limits else "false"
        group = "CASE "
        for i, band in enumerate(bands):
            wanted = band.get("for", {})
            tests = [f"sex = '{wanted['sex']}'"] if "sex" in wanted else []
            tests += [f"age >= {wanted['minAge']}"] if "minAge" in wanted else []
            tests += [f"age <= {wanted['maxAge']}"] if "maxAge" in wanted else []
            group += f"WHEN {' AND '.join(tests) or 'true'} THEN {i} "
        group = f"({group} END)" if bands else "NULL"
        if bands:
            cases = ""
            for i, band in enumerate(bands):
                for start in reversed(band["starts"]):
                    cut = number(start["from"])
                    cases += f"WHEN {group} = {i} AND n_{column} * {cut.denominator} >= d_{column} * {cut.numerator} THEN '{start['band']}' "
            self.columns[f"{column}_band"] = (f"CASE WHEN NOT ({has}) OR {outside} THEN NULL {cases} END", known)
        if score["kind"] == "classes" or any(self.scores[s]["kind"] == "classes" for s in self._rests_on(score)):
            return  # whether a class is certain rests on bounds, which are not computed here
        key = "true" if self._key_unconfirmed(score) else "false"
        rule = f"s_{column} = {PRORATED}" if self._rule_unconfirmed(score) else "false"
        open_bands = [str(i) for i, band in enumerate(bands) if open_(band)]
        by_band = f"coalesce({group} IN ({', '.join(open_bands)}), false)" if open_bands else "false"
        words = " ".join(f"WHEN {state} THEN '{word}'" for state, word in WORDS.items())
        self.columns[f"{column}_status"] = (
            f"CASE WHEN NOT ({has}) THEN CASE s_{column} {words} END WHEN {outside} THEN 'outside-population' "
            + (f"WHEN {group} IS NULL THEN 'no-band-group' " if bands else "")
            + f"WHEN {key} OR {rule} OR {by_band} THEN CASE s_{column} WHEN {OK} THEN 'unconfirmed' ELSE 'prorated-unconfirmed' END ELSE CASE s_{column} {words} END END", known)

    def _rests_on(self, score):
        kind = score["kind"]
        if kind == "total":
            return score["scores"]
        if kind == "ratio":
            return [score["numerator"], score["denominator"]]
        if kind in ("steps", "table"):
            return [score["score"]]
        if kind == "classes":
            return [s for c in score["classes"] for s in self._scores_in(c["when"])]
        return []

    def _known(self, score):
        """Where the scores that conditions ask for have a value: what else is known of them rests on bounds."""
        if score["kind"] != "classes":
            parts = [self._known(self.scores[s]) for s in self._rests_on(score)]
        else:
            parts = [f"s_{self.prefix}_{name(s)} <= {PRORATED}" for s in self._rests_on(score)] + [self._known(self.scores[s]) for s in self._rests_on(score)]
        return " AND ".join(dict.fromkeys(p for p in parts if p != "true")) or "true"

    def _items_of(self, score):
        if score["kind"] in ("sum", "mean", "count"):
            return list(self._positions(score["items"]))
        if score["kind"] == "quantity":
            return [score["item"]]
        if score["kind"] == "classes":
            return [i for c in score["classes"] for i in items_in(c["when"])]
        return []

    def _key_unconfirmed(self, score):
        responses = self.definition["responses"]
        return (open_(score) or any(open_(responses[self.items[i]["responses"]]) for i in self._items_of(score))
                or any(self._key_unconfirmed(self.scores[s]) for s in self._rests_on(score)))

    def _rule_unconfirmed(self, score):
        return (open_(score.get("missing", {})) or any(self._rule_unconfirmed(self.scores[s]) for s in self._rests_on(score)))


def items_in(condition):
    if condition["kind"] == "item":
        yield condition["item"]
    for part in condition.get("of", []):
        yield from items_in(part)


def open_(fact):
    return fact.get("evidence", {}).get("verdict") == "unconfirmed"
