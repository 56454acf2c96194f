"""The API for programs of municipalities, provinces and the COA, by the NLGov REST API Design Rules.

Names are Dutch, as the rules ask (`/core/interface-language`): a program reads the words of the law.
"""

#: Of the API as a whole: semantic, and told in every answer.
VERSION = "1.0.0"
#: Where it stands: the major version of it.
PREFIX = "/v1"
