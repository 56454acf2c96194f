"""What people read, in Dutch and in English: sentences, numbers and dates. Knows nothing of what they are about."""

from geodata.wording.numbers import Lang, date, number, plain, signed
from geodata.wording.sentence import Sentence, enumerate_words, joined

__all__ = ["Lang", "Sentence", "date", "enumerate_words", "joined", "number", "plain", "signed"]
