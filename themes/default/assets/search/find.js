// Finds pages by what a reader types, in the files that `src/page/search/` makes: names at once, words
// of texts in pieces. Knows nothing about how results are shown.

/// The words of a text, folded as `src/syntax/words.rs` folds them.
export function words(text) {
  const plain = text.normalize("NFD").replace(/['\u2019\p{M}]/gu, "").toLowerCase().replaceAll("ß", "ss");
  return plain.split(/[^\p{Alphabetic}\p{N}]+/u).filter((word) => word.length > 0);
}

const encoder = new TextEncoder();

/// So much of a word as texts are known by: 16 bytes, and no letter in part.
function cut(word) {
  const { read } = encoder.encodeInto(word, new Uint8Array(16));
  return word.slice(0, read);
}

/// How many letters of a word may be wrong.
const slips = (word) => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/// Whether so few letters are missing, added, changed or exchanged between two words, or between the
/// first and the beginning of the second.
export function isNear(typed, word, most, isWhole = false) {
  if (most === 0 || word.length < typed.length - most) return false;
  let [before, last] = [[], Array.from({ length: word.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= typed.length; row += 1) {
    const now = [row];
    for (let at = 1; at <= word.length; at += 1) {
      const isSame = typed[row - 1] === word[at - 1];
      let cost = Math.min(last[at] + 1, now[at - 1] + 1, last[at - 1] + (isSame ? 0 : 1));
      const isExchanged = typed[row - 1] === word[at - 2] && typed[row - 2] === word[at - 1];
      if (row > 1 && at > 1 && isExchanged) cost = Math.min(cost, before[at - 2] + 1);
      now.push(cost);
    }
    if (Math.min(...now) > most) return false;
    [before, last] = [last, now];
  }
  return (isWhole ? last.at(-1) : Math.min(...last)) <= most;
}

/// How well a word fits what was typed: 1 if it is the same, 0 if it is another.
function fit(typed, word) {
  if (word === typed) return 1;
  // Of a single letter or two, many words are a beginning.
  if (word.startsWith(typed)) return typed.length > 2 ? 0.8 : 0.5;
  // "muscles" is "muscle" with a letter more.
  if (typed.length > 3 && typed.startsWith(word) && word.length >= typed.length - 2) return 0.7;
  // Of three letters, two are the beginning of too much.
  if (typed.length === 3) return typed[0] === word[0] && isNear(typed, word, 1, true) ? 0.4 : 0;
  return typed[0] === word[0] && isNear(typed, word, slips(typed)) ? 0.5
    : isNear(typed, word, slips(typed) && 1) ? 0.4 : 0;
}

/// How much a word of one or two letters says, where one that stands in all of 300 texts says 0.12.
const LITTLE = 0.04;

/// How much a word counts that is part of a name, of a heading, of the text.
const PLACES = [4, 2, 1];

/// A host may let browsers keep files for a while; those of two publications do not go together.
const ASK = { cache: "no-cache" };

/// So many words are looked at for the beginning of one.
const MOST_WORDS = 12;

/// So many warning signs of a level are shown: a phone has room for the pages below them.
const MOST_SIGNS = 5;

/// The site was published anew since its names were fetched, and its pages have other numbers.
const CHANGED = new Error("the site has changed");

/// The piece with a word: the FNV-1a hash of its first letters, as `src/page/search/texts.rs` has it.
function pieceOf(word, pieces) {
  let hash = 0x811c9dc5;
  for (const letter of [...word].slice(0, 3)) {
    hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193) >>> 0;
  }
  return hash % pieces;
}

/// The search of the site whose files lie below `base`, such as `/search/`.
export class Finder {
  #base;
  #files = new Map();
  #site;

  constructor(base) {
    this.#base = base;
  }

  /// Fetches the names; the words of the theme that a search shows, and where one goes on from nothing.
  async load() {
    this.#site ??= this.#fetch("names.json").then((text) => site(JSON.parse(text)));
    try {
      const { words, ways, emergency } = await this.#site;
      return { ...words, ways, emergency };
    } catch (error) {
      this.#site = undefined;
      throw error;
    }
  }

  /// The best pages for what was typed, as groups: `[{ label, fitting, pages: [{ href, name, other }] }]`;
  /// of the pages that are `fitting`, the first are there. A group of warning signs has a `level` and a
  /// `title`, its signs stand for pages, and what needs help now or today comes before all else.
  async find(typed, most = 6) {
    try {
      return await this.#find(typed, most);
    } catch (error) {
      if (error !== CHANGED) throw error;
      this.#files.clear();
      this.#site = undefined;
      return this.#find(typed, most);
    }
  }

  async #find(typed, most) {
    await this.load();
    const site = await this.#site;
    const query = words(typed);
    if (query.length === 0) return [];
    const rarity = new Map();
    const texts = await this.#byText(site, query, rarity);
    const scores = byName(site, query, rarity);
    const signs = bySign(site, query, rarity, scores);
    for (const [number, score] of texts) {
      const known = scores.get(number);
      if (known) known.score += score;
      else scores.set(number, { score });
    }
    const [first, last] = [true, false].map((first) => signs.filter((group) => group.first === first));
    return [...first, ...(await this.#groups(site, scores, most)), ...last];
  }

  /// The documents that hold most of the words, rare words counting more than common ones. `rarity` takes
  /// how rare each word is, and whether it is `said`: a text has it, or a word that begins with it.
  async #byText(site, query, rarity) {
    const asked = query.filter((word) => [...word].length > 2);
    const found = await Promise.all(asked.map(async (word) => {
      const [places, said] = await this.#places(site, cut(word));
      rarity.set(word, { rare: places.size > 0 ? 1 / Math.log2(2 + places.size) : 0, said });
      return places;
    }));
    const rare = asked.map((word) => rarity.get(word).rare);
    const all = rare.reduce((sum, one) => sum + one, 0);
    const totals = new Map();
    for (const [at, places] of found.entries()) {
      for (const [number, score] of places) {
        const total = totals.get(number) ?? { score: 0, share: 0 };
        const share = rare[at] / all;
        total.score += 2 * score * share;
        total.share += share;
        totals.set(number, total);
      }
    }
    const enough = [...totals].filter(([, { share }]) => share > 0.5);
    return enough.map(([number, { score, share }]) => [number, score * share ** 2]);
  }

  /// The documents that hold a word, or what the reader may have meant by it; whether it is the word.
  async #places(site, typed) {
    const lines = await this.#lines(site, typed);
    let fitting = lines.map(([word, line]) => [fit(typed, word), word, line]);
    fitting = fitting.filter(([score]) => score >= 0.7);
    const said = fitting.some(([score]) => score >= 0.8);
    if (fitting.length === 0) {
      // Names are known as a whole, so a slip in the first letters is found among them.
      const meant = site.vocabulary.filter((word) => word.length > 2 && fit(typed, word) >= 0.4);
      const near = meant.slice(0, 3).map(cut).map(async (word) => {
        const lines = await this.#lines(site, word);
        return lines.filter(([other]) => other === word).map(([, line]) => [0.4, word, line]);
      });
      fitting = (await Promise.all(near)).flat();
      const slipped = lines.map(([word, line]) => [fit(typed, word), word, line]);
      fitting.push(...slipped.filter(([score]) => score >= 0.4));
    }
    fitting.sort(([one, a], [other, b]) => other - one || a.length - b.length);
    const places = new Map();
    for (const [score, , line] of fitting.slice(0, MOST_WORDS)) {
      for (const [at, steps] of line.split("|").entries()) {
        let number = 0;
        for (const step of steps ? steps.split(" ") : []) {
          number += parseInt(step, 36);
          places.set(number, Math.max(places.get(number) ?? 0, score * PLACES[at]));
        }
      }
    }
    return [places, said];
  }

  /// The words that stand in the same piece, each with its places.
  async #lines(site, word) {
    const text = await this.#fetch(`texts/${pieceOf(word, site.pieces)}.txt`);
    const [version, ...lines] = text.split("\n");
    if (version !== site.version) throw CHANGED;
    return lines.filter(Boolean).map((line) => {
      const bar = line.indexOf("|");
      return [line.slice(0, bar), line.slice(bar + 1)];
    });
  }

  async #groups(site, scores, most) {
    const best = [...scores].sort(([a, one], [b, other]) => other.score - one.score || a - b);
    const groups = new Map();
    // What hardly fits is left out where something fits well; an exact name would leave out all else.
    const least = 0.15 * Math.min(best[0]?.[1].score ?? 0, 12);
    for (const [number, found] of best) {
      if (found.score < least) break;
      const kind = site.kinds.find((kind) => number < kind.after);
      if (!kind) continue;
      const group = groups.get(kind) ?? groups.set(kind, { fitting: 0, pages: [] }).get(kind);
      group.fitting += 1;
      if (group.pages.length < most) group.pages.push(this.#page(site, kind, number, found));
    }
    const shown = [...groups].map(async ([kind, { fitting, pages }]) => {
      return { label: kind.label, fitting, pages: await Promise.all(pages) };
    });
    return Promise.all(shown);
  }

  async #page(site, kind, number, { other }) {
    const [id, name] = site.names[number] ?? (await this.#title(site, number));
    return { href: kind.start + id + kind.end, name, other };
  }

  async #title(site, number) {
    const at = number - site.names.length;
    const piece = await this.#fetch(`titles/${Math.floor(at / site.together)}.json`);
    const { version, names } = JSON.parse(piece);
    if (version !== site.version) throw CHANGED;
    return names[at % site.together];
  }

  #fetch(file) {
    const fetched = this.#files.get(file) ?? fetch(this.#base + file, ASK).then((response) => {
      if (!response.ok) throw new Error(`${file}: ${response.status}`);
      return response.text();
    });
    this.#files.set(file, fetched);
    // What failed is asked for again.
    fetched.catch(() => this.#files.delete(file));
    return fetched;
  }
}

/// The file of names, ready to be searched.
function site({ kinds, sets, ...rest }) {
  const names = kinds.flatMap((kind) => kind.names);
  let after = 0;
  const numbered = kinds.map((kind) => {
    after += kind.names.length + kind.titles;
    return { label: kind.label, start: kind.start, end: kind.end, after, plain: kind.plain };
  });
  const folded = names.map(([, ...own]) => own.map((name) => words(name)));
  const vocabulary = [...new Set(folded.flat(2))];
  const plain = new Set(numbered.flatMap(({ plain, after }, at) => {
    return plain ? folded.slice(numbered[at - 1]?.after ?? 0, after).flat(2) : [];
  }));
  const signs = sets.flatMap(({ places, signs }) => signs.map(([level, text, ...synonyms]) => {
    return { level, text, places, said: words(text), synonyms: synonyms.map((one) => words(one)) };
  }));
  const said = new Set(signs.flatMap((sign) => [sign.said, sign.synonyms].flat(2)));
  const common = new Set(words(rest.words?.common ?? ""));
  return { ...rest, names, kinds: numbered, folded, vocabulary, plain, signs, said, common };
}

/// Whether a name or a text has a word, or one that begins so: then there is no slip in it.
function isKnown(site, typed, rarity) {
  return rarity.get(typed)?.said || site.vocabulary.some((word) => word.startsWith(typed));
}

/// The warning signs that were typed, in groups by level, with the place whose name fits best. Of what
/// people say for a sign, half is enough, and more is no harm; of its own text it takes words that stand
/// together. Words of names alone tell none: "neck pain" is what most readers have.
function bySign(site, query, rarity, named) {
  const asked = query.filter((typed) => !site.common.has(typed) && (typed.length > 2 || site.said.has(typed)));
  const meant = asked.map((typed) => {
    const least = isKnown(site, typed, rarity) ? 0.7 : 0.5;
    const near = (all) => [...all].filter((word) => fit(typed, word) >= least);
    return { words: new Set(near(site.said)), isPlain: near(site.plain).length > 0 };
  });
  const isMeant = (word) => meant.some(({ words }) => words.has(word));
  const rest = (phrase) => phrase.filter((word) => !site.common.has(word));
  const isWhole = (phrase) => phrase.some(isMeant) && rest(phrase).every(isMeant);
  const holds = (phrase) => meant.every(({ words }) => phrase.some((word) => words.has(word)));
  const isBegun = (phrase) => 2 * meant.length >= rest(phrase).length && holds(phrase);
  const hasTelling = meant.some(({ isPlain }) => !isPlain);
  const together = 2 * meant.length + 2;
  const fits = ({ said, synonyms }) => synonyms.some((one) => isWhole(one) || (hasTelling && isBegun(one)))
    || (hasTelling && meant.length > 1 && said.some((_, at) => holds(said.slice(at, at + together))));
  const score = (number) => named.get(number)?.score ?? 0;
  const found = site.signs.filter(fits).map((sign) => {
    const place = sign.places.reduce((best, one) => (score(one) > score(best) ? one : best));
    return { ...sign, place, score: score(place) };
  });
  found.sort((one, other) => other.score - one.score);
  return site.levels.flatMap(({ level, label, title, anchor, first }) => {
    const ofLevel = found.filter((sign) => sign.level === level);
    const own = ofLevel.filter(({ text }, at) => ofLevel.findIndex((sign) => sign.text === text) === at);
    const pages = own.slice(0, MOST_SIGNS).map(({ text, place }) => {
      const { start, end } = site.kinds.find((kind) => place < kind.after);
      const [id, name] = site.names[place];
      // Browsers that know how mark the sign itself.
      const part = encodeURIComponent(text).replaceAll("-", "%2D");
      return { href: `${start}${id}${end}#${anchor}:~:text=${part}`, name: text, place: name };
    });
    return pages.length > 0 ? [{ level, label, title, first, fitting: own.length, pages }] : [];
  });
}

/// The documents whose names fit, by number, each with the name that fits best if it is another one.
/// A word has a slip in it only if none begins so, in a name or a text; of three letters, what is near is
/// then what was meant. A common word does not make a name fit that lacks the rare one.
function byName(site, query, rarity) {
  const whole = query.join(" ");
  const fits = query.map((typed) => {
    const fits = new Map(site.vocabulary.map((word) => [word, fit(typed, word)]));
    if (typed.length < 3) return fits;
    const near = isKnown(site, typed, rarity) ? 0 : typed.length === 3 ? 1 : undefined;
    for (const [word, one] of fits) if (one < 0.7) fits.set(word, one && (near ?? one));
    return fits;
  });
  const weights = query.map((typed) => rarity.get(typed)?.rare ?? LITTLE);
  const all = weights.reduce((sum, one) => sum + one, 0);
  const found = new Map();
  for (const [number, names] of site.folded.entries()) {
    for (const [at, name] of names.entries()) {
      const matched = weights.map((weight, n) => {
        return weight * Math.max(0, ...name.map((word) => fits[n].get(word)));
      });
      const share = matched.reduce((sum, one) => sum + one, 0) / all;
      if (!(share >= (query.length > 1 ? 0.5 : 0.4))) continue;
      const joined = name.join(" ");
      const isExact = joined === whole;
      const bonus = isExact ? 100 : joined.startsWith(whole) ? 10 : 0;
      // Of two names that fit alike, the shorter one is meant, and the proper one before others.
      const score = bonus + 8 * share + 2 / (1 + Math.abs(name.length - query.length)) - at / 100;
      if (score > (found.get(number)?.score ?? 0)) {
        const other = at > 0 ? site.names[number][at + 1] : undefined;
        found.set(number, { score, other });
      }
    }
  }
  return found;
}
