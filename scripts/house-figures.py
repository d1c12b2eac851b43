#!/usr/bin/env python3
"""Prints the figures that the project holds itself to, each with its target; exits with 1 if one of them is over.

  house-figures.py               the table
  house-figures.py --list        the table, and below it every name and sentence that a figure counts
  house-figures.py --docs FILE…  the ten longest sentences of these documents

CONTRIBUTING.md, "Figures of the house", says why each figure is there.
"""
import argparse
import collections
import dataclasses
import math
import pathlib
import re
import struct
import subprocess
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
CACHE = ROOT / 'target' / 'house-figures'

ONE_WORD_SHARE = 15
PUBLIC_SHARE = 55
FILES_IN_PACKAGE = 25
WORDS_IN_SENTENCE_P90 = 28
# Shorter ones are labels, such as a table's "yes" or "`string`". Counted as sentences they would hide the long ones.
SHORTEST_SENTENCE = 4

# The field's terms that documents use and the glossary explains.
TERMS = {
    'retry': r'retr(y|ies|ied|ying)',
    'timeout': r'timeouts?',
    'idempotent': r'idempoten(t|tly|ce|cy)',
    'poll': r'poll(s|ed|ing)?',
    'orphaned': r'orphan(s|ed)?',
    'rate limit': r'rate[ -]limit(s|ed|ing)?',
}

# The SDK as its users import it: neither its internals nor the generated messages of the gRPC API.
TEMPORAL_ARTIFACTS = ('temporal-sdk', 'temporal-serviceclient', 'temporal-envconfig', 'temporal-testing')
TEMPORAL_NOT_API = ('io/temporal/internal/', 'io/temporal/api/')


# --- Java sources -----------------------------------------------------------------------------------------------------

@dataclasses.dataclass(frozen=True)
class JavaType:
    name: str
    package: str
    file: pathlib.Path
    public: bool
    nested: bool

    def __str__(self):
        return f'{self.package}.{self.name}'


COMMENTS_AND_LITERALS = re.compile(
    r'"""(?:\\.|.)*?"""|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|/\*.*?\*/|//[^\n]*', re.S)
MODIFIER = r'(?:public|protected|private|static|final|abstract|sealed|non-sealed)'
TYPE_DECLARATION = re.compile(
    rf'^(?P<indent>[ ]*)(?:@\w+[ ])*(?P<modifiers>(?:{MODIFIER}[ ])*)'
    r'(?:class|interface|enum|record|@interface)[ ](?P<name>[A-Z]\w*)\b', re.M)
ONE_WORD = re.compile(r'^[A-Z][a-z0-9]*$')


def main_sources():
    return sorted(file for file in ROOT.glob('*/src/main/java/**/*.java')
                  if file.name not in ('package-info.java', 'module-info.java'))


def types_of(file):
    """The types that a source file declares. Spotless holds the format: what is not indented is top-level."""
    code = COMMENTS_AND_LITERALS.sub(' ', file.read_text(encoding='utf-8'))
    package = re.search(r'^package ([\w.]+);', code, re.M).group(1)
    for match in TYPE_DECLARATION.finditer(code):
        yield JavaType(match['name'], package, file, 'public ' in match['modifiers'], bool(match['indent']))


# --- names that are taken ---------------------------------------------------------------------------------------------

LIST_JDK_TYPES = '''
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.*;
import java.util.stream.Stream;

class ListJdkTypes {
    public static void main(String[] none) throws Exception {
        FileSystem runtime = FileSystems.getFileSystem(URI.create("jrt:/"));
        for (Path root : Files.newDirectoryStream(runtime.getPath("/modules"))) {
            if (!Files.exists(root.resolve("java"))) continue;
            try (Stream<Path> files = Files.walk(root.resolve("java"))) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    String name = root.relativize(file).toString();
                    if (!name.endsWith(".class") || name.contains("$") || name.endsWith("-info.class")) continue;
                    name = name.substring(0, name.length() - 6).replace('/', '.');
                    Class<?> type = Class.forName(name, false, ClassLoader.getPlatformClassLoader());
                    if (Modifier.isPublic(type.getModifiers())) System.out.println(type.getSimpleName());
                }
            }
        }
    }
}
'''


def cached_names(name, make):
    cache = CACHE / name
    if not cache.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        names = sorted(set(make()))
        cache.write_text('\n'.join(names) + '\n', encoding='utf-8')
    return set(cache.read_text(encoding='utf-8').split())


def jdk_names():
    def make():
        source = CACHE / 'ListJdkTypes.java'
        source.write_text(LIST_JDK_TYPES, encoding='utf-8')
        listed = subprocess.run(['java', str(source)], check=True, stdout=subprocess.PIPE, text=True)
        return listed.stdout.split()
    return cached_names('jdk-names', make)


def temporal_names():
    """The names of Temporal's public types. The jars are in the local Maven repository once the project was built."""
    version = re.search(r'<temporal\.version>(.*?)</temporal\.version>', (ROOT / 'pom.xml').read_text()).group(1)

    def make():
        folder = pathlib.Path.home() / '.m2' / 'repository' / 'io' / 'temporal'
        for artifact in TEMPORAL_ARTIFACTS:
            jar = folder / artifact / version / f'{artifact}-{version}.jar'
            if not jar.exists():
                sys.exit(f'{jar.name} is not in the local Maven repository. Build the project first.')
            with zipfile.ZipFile(jar) as classes:
                for entry in classes.namelist():
                    if is_api(entry) and is_public(classes.read(entry)):
                        yield pathlib.PurePosixPath(entry).stem
    return cached_names(f'temporal-names-{version}', make)


def is_api(entry):
    return (entry.startswith('io/temporal/') and entry.endswith('.class') and '$' not in entry
            and not entry.endswith('-info.class') and not entry.startswith(TEMPORAL_NOT_API))


def is_public(class_file):
    """Reads the access flags, which follow the constant pool (JVM specification, 4.1 and 4.4)."""
    size_of_entry = {3: 5, 4: 5, 5: 9, 6: 9, 7: 3, 8: 3, 9: 5, 10: 5, 11: 5, 12: 5,
                     15: 4, 16: 3, 17: 5, 18: 5, 19: 3, 20: 3}
    count, = struct.unpack_from('>H', class_file, 8)
    offset, index = 10, 1
    while index < count:
        tag = class_file[offset]
        if tag == 1:
            offset += 3 + struct.unpack_from('>H', class_file, offset + 1)[0]
        else:
            offset += size_of_entry[tag]
        index += 2 if tag in (5, 6) else 1
    flags, = struct.unpack_from('>H', class_file, offset)
    return bool(flags & 0x0001)


# --- documents --------------------------------------------------------------------------------------------------------

@dataclasses.dataclass(frozen=True)
class Sentence:
    file: pathlib.Path
    line: int
    text: str

    @property
    def words(self):
        return len(self.text.split())

    def __str__(self):
        return f'{self.words:4}  {shown(self.file)}:{self.line}  {self.text}'


SENTENCE_END = re.compile(r'(?<=[.!?])["”)*_]*\s+(?=["“(*_`]*[A-Z0-9`])')
ABBREVIATION = re.compile(r'\b(?:e\.g|i\.e|etc|vs|cf)\.$')
LIST_ITEM = re.compile(r'^\s*(?:[-*+]|\d+\.)\s+')


def documents():
    named = [ROOT / 'README.md', ROOT / 'ARCHITECTURE.md', ROOT / 'CONTRIBUTING.md', ROOT / 'lab' / 'README.md']
    return [file for file in named if file.exists()] + sorted((ROOT / 'docs').glob('**/*.md'))


def blocks_of(file):
    """Paragraphs, list items and table cells, with the line that each starts on. Headings and code are left out."""
    text = file.read_text(encoding='utf-8')
    text = re.sub(r'<!--.*?-->', lambda comment: '\n' * comment.group().count('\n'), text, flags=re.S)
    fence, paragraph, start = None, [], 0
    for number, line in enumerate(text.split('\n') + [''], 1):
        stripped = line.strip()
        marker = re.match(r'(```+|~~~+)', stripped)
        in_code = fence is not None
        if marker and not in_code:
            fence = marker.group()
        elif marker and stripped == fence:
            fence = None
        ends = in_code or marker or not stripped or stripped.startswith(('#', '|')) or LIST_ITEM.match(line)
        if ends and paragraph:
            yield start, ' '.join(paragraph)
            paragraph = []
        if in_code or marker or not stripped or stripped.startswith('#'):
            continue
        if stripped.startswith('|'):
            if not re.fullmatch(r'[|\s:-]+', stripped):
                for cell in cells_of(stripped):
                    yield number, cell
            continue
        if not paragraph:
            start = number
        paragraph.append(LIST_ITEM.sub('', line).strip())


def cells_of(row):
    return [cell.strip() for cell in re.split(r'(?<!\\)\|', row.strip().strip('|'))]


def sentences_of(file):
    for line, block in blocks_of(file):
        plain = re.sub(r'`[^`]*`', lambda code: re.sub(r'\s+', '\u00a0', code.group()).replace('.', '\u2024'), block)
        plain = re.sub(r'!?\[([^\]]*)\]\([^)]*\)', r'\1', plain)
        begun = ''
        for part in SENTENCE_END.split(plain):
            begun = f'{begun} {part}'.strip()
            if ABBREVIATION.search(begun):
                continue
            # split() takes a no-break space for a space; a piece of code is one word.
            text = begun.replace('\u00a0', '\u2423').replace('\u2024', '.')
            begun = ''
            sentence = Sentence(file, line, text)
            if sentence.words >= SHORTEST_SENTENCE:
                yield sentence


def glossary_entries():
    entries = []
    for line in (ROOT / 'docs' / 'glossary.md').read_text(encoding='utf-8').splitlines():
        if line.startswith('|'):
            entries.append(cells_of(line)[0].lower())
    return entries


def missing_terms():
    elsewhere = (ROOT / 'docs' / 'glossary.md', ROOT / 'CONTRIBUTING.md')
    prose = '\n'.join(file.read_text(encoding='utf-8') for file in documents() if file not in elsewhere).lower()
    entries = glossary_entries()
    for term, pattern in TERMS.items():
        word = re.compile(rf'\b{pattern}\b')
        if not word.search(prose):
            yield f'"{term}" is in no document'
        if not any(word.search(entry) for entry in entries):
            yield f'"{term}" has no row in docs/glossary.md'


# --- the figures ------------------------------------------------------------------------------------------------------

@dataclasses.dataclass(frozen=True)
class Figure:
    name: str
    value: str
    target: str = ''
    over: bool = False
    counted: tuple = ()


def share(name, part, whole, limit):
    """The percentage of a whole; without a limit it is information."""
    percent = 100 * len(part) / max(1, len(whole))
    value = f'{len(part)} of {len(whole)}, {percent:.1f} %'
    target = '' if limit is None else f'≤ {limit} %'
    return Figure(name, value, target, limit is not None and percent > limit, tuple(sorted(map(str, part))))


def has_one_word(java_type):
    return ONE_WORD.match(java_type.name) is not None


def none_of(name, found):
    return Figure(name, str(len(found)), 'none', bool(found), tuple(found))


def figures_of_code():
    sources = main_sources()
    types = [java_type for file in sources for java_type in types_of(file)]
    top_level = [java_type for java_type in types if not java_type.nested]
    nested = [java_type for java_type in types if java_type.nested]
    by_name = collections.defaultdict(list)
    for java_type in top_level:
        by_name[java_type.name].append(str(java_type))
    files_in = collections.Counter(next(types_of(file)).package for file in sources)

    yield share('one-word type names', list(filter(has_one_word, top_level)), top_level, ONE_WORD_SHARE)
    yield share('  nested types (information)', list(filter(has_one_word, nested)), nested, None)
    yield none_of('simple names that exist twice',
                  [f'{name}: {", ".join(places)}' for name, places in sorted(by_name.items()) if len(places) > 1])
    yield none_of("names that are the JDK's", sorted(str(each) for each in top_level if each.name in jdk_names()))
    yield none_of("names that are Temporal's", sorted(str(each) for each in top_level if each.name in temporal_names()))
    yield none_of(f'packages over {FILES_IN_PACKAGE} files',
                  [f'{package}: {count}' for package, count in sorted(files_in.items()) if count > FILES_IN_PACKAGE])
    yield share('public top-level types', [each for each in top_level if each.public], top_level, PUBLIC_SHARE)
    lines = sum(file.read_text(encoding='utf-8').count('\n') for file in sources)
    yield Figure('lines of main code (information)', f'{lines:,} in {len(sources)} files')


def figures_of_documents():
    found = (sentence for file in documents() for sentence in sentences_of(file))
    sentences = sorted(found, key=lambda sentence: sentence.words)
    p90 = sentences[math.ceil(0.9 * len(sentences)) - 1].words
    longer = [str(each) for each in reversed(sentences) if each.words > WORDS_IN_SENTENCE_P90]
    yield Figure('words in a sentence, p90', f'{p90} of {len(sentences):,} sentences', f'≤ {WORDS_IN_SENTENCE_P90}',
                 p90 > WORDS_IN_SENTENCE_P90, tuple(longer))
    yield none_of('terms that documents or glossary lack', list(missing_terms()))


def print_table(figures, with_list):
    for figure in figures:
        verdict = '' if not figure.target else 'over' if figure.over else 'ok'
        print(f'{figure.name:38} {figure.value:24} {figure.target:8} {verdict}'.rstrip())
    if with_list:
        for figure in figures:
            if figure.counted:
                print(f'\n{figure.name.strip()}:')
                print('\n'.join(f'  {each}' for each in figure.counted))


def shown(file):
    return file.relative_to(ROOT) if file.is_relative_to(ROOT) else file


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--list', action='store_true', help='every name and sentence that a figure counts')
    parser.add_argument('--docs', nargs='+', type=pathlib.Path, metavar='FILE',
                        help='the ten longest sentences of these documents')
    options = parser.parse_args()
    if options.docs:
        found = [sentence for file in options.docs for sentence in sentences_of(file.resolve())]
        for sentence in sorted(found, key=lambda each: -each.words)[:10]:
            print(sentence)
        return 0
    figures = [*figures_of_code(), *figures_of_documents()]
    print_table(figures, options.list)
    return 1 if any(figure.over for figure in figures) else 0


if __name__ == '__main__':
    sys.exit(main())
