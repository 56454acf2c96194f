"""What the judge says about each rule of one link; a rule that was not passed says the sentence of its finding.

``{g}`` is the municipality of the link; ``{gevonden}`` and ``{toegestaan}`` are what was found and what is allowed.
"""

from collections.abc import Mapping

from geodata.wording import Sentence

ZINNEN: Mapping[str, Sentence] = {
    "niet_uitgesloten": Sentence("{g} is niet uitgesloten.", "{g} is not excluded."),
    "geen_vaste_keuze": Sentence("Er is geen vaste keuze.", "There is no lock."),
    "vaste_keuze_gevolgd": Sentence(
        "Een mens koos {g}. De koppeling volgt die keuze.", "A person chose {g}. The link follows that choice."
    ),
    "overeenkomst": Sentence(
        "Overeenkomst met {hier} vanaf {van}, effect {gevonden}.",
        "Agreement with {hier} from {van}, effect {gevonden}.",
    ),
    "overeenkomst_tot": Sentence(
        "Overeenkomst met {hier} vanaf {van} tot en met {tot}, effect {gevonden}.",
        "Agreement with {hier} from {van} to {tot}, effect {gevonden}.",
    ),
    "overeenkomst_blijft": Sentence(
        "Het huishouden blijft door een overeenkomst in {hier}.", "The household stays in {hier} by an agreement."
    ),
    "overeenkomst_laat_vrij": Sentence(
        "Geen overeenkomst houdt het huishouden vast.", "No agreement keeps the household anywhere."
    ),
    "geen_opgave": Sentence("Dit beleid kent geen opgave.", "This policy knows no opgave."),
    "plek": Sentence(
        "Het huishouden telt {gevonden} {gevonden:persoon|personen}. {g} heeft plek voor {toegestaan}. "
        "Koppelingen van anderen in dezelfde ronde tellen hier niet mee.",
        "The household counts {gevonden} {gevonden:person|persons}. {g} has room for {toegestaan}. "
        "Links of others in the same round do not count here.",
    ),
    "woning": Sentence(
        "Het huishouden heeft een {soort} nodig. In {g}: {toegestaan} vrij.",
        "The household needs a {soort}. In {g}: {toegestaan} free.",
    ),
    "baan": Sentence(
        "Baan {baan} in {waar}: {gevonden} uur per week ({toegestaan} nodig), contract {contract}, "
        "loonstrook {loonstrook}, {soort}: {grond}.",
        "Job {baan} in {waar}: {gevonden} {gevonden:hour|hours} a week ({toegestaan} needed), contract {contract}, "
        "payslip {loonstrook}, {soort}: {grond}.",
    ),
    "baan_niet_bekend": Sentence(
        "De baan was niet op tijd bekend en telt niet in de keuze.",
        "The job was not known in time and does not count in the choice.",
    ),
    "werk_voor_vergunning": Sentence(
        "Baan {baan} begon op {gevonden}, voor de vergunning van {vergunning}. Een asielzoeker mocht toen werken als "
        "de aanvraag {toegestaan} {toegestaan:maand|maanden} oud was. Dit is een feit en geen verwijt. "
        "Het beslist niets.",
        "Job {baan} began on {gevonden}, before the permit of {vergunning}. An asylum seeker was allowed to work then "
        "when the application was {toegestaan} {toegestaan:month|months} old. This is a fact and no reproach. "
        "It decides nothing.",
    ),
    "grond": Sentence(
        "Grond {grond} in {waar}, bewijs {bewijs}: {soort}, {telt}.",
        "Ground {grond} in {waar}, evidence {bewijs}: {soort}, {telt}.",
    ),
    "afstand": Sentence(
        "Harde grond {grond} in {waar}: {g} ligt op {gevonden} km (maat {maat}); de grens is {toegestaan} km.",
        "Hard ground {grond} in {waar}: {g} lies at {gevonden} km (measure {maat}); the limit is {toegestaan} km.",
    ),
    "grond_valt_af": Sentence(
        "Deze grond valt af: hij gaat niet samen met de andere.",
        "This ground is set aside: it does not go together with the others.",
    ),
    "gronden_samen": Sentence(
        "Er is een gemeente binnen de straal van alle harde gronden.",
        "There is a municipality within the radius of all hard grounds.",
    ),
    "koppelregio_zelfde": Sentence(
        "{g} ligt in de koppelregio ‘{gevonden}’. De opvang ligt in ‘{toegestaan}’: dezelfde "
        "(instelling {instelling}).",
        "{g} lies in the koppelregio ‘{gevonden}’. Reception lies in ‘{toegestaan}’: the same (setting {instelling}).",
    ),
    "koppelregio_andere": Sentence(
        "{g} ligt in de koppelregio ‘{gevonden}’. De opvang ligt in ‘{toegestaan}’: een andere, en dat mag "
        "(instelling {instelling}).",
        "{g} lies in the koppelregio ‘{gevonden}’. Reception lies in ‘{toegestaan}’: another one, which is allowed "
        "(setting {instelling}).",
    ),
    "geen_bekende_baan": Sentence("Er is geen bekende baan.", "There is no known job."),
    "arbeidsmarktregio": Sentence(
        "{g} ligt in arbeidsmarktregio {gevonden}.", "{g} lies in labour-market region {gevonden}."
    ),
    "uitkomst": Sentence(
        "Baan {baan}: nu {nu} km, daarna {daarna} km. Uitkomst {gevonden}. Kans dat de baan de "
        "verhuizing overleeft {behoud}; verwacht verlies {verlies}.",
        "Job {baan}: now {nu} km, afterwards {daarna} km. Outcome {gevonden}. Chance that the job survives "
        "the move {behoud}; expected loss {verlies}.",
    ),
    "peildata": Sentence(
        "Het COA kijkt op {koppeling} of er genoeg is gekoppeld. De provincie kijkt op {toezicht} of {g} haar "
        "taakstelling haalde.",
        "The COA looks on {koppeling} whether enough has been linked. The province looks on {toezicht} whether {g} "
        "met its taakstelling.",
    ),
    "termijnen_erna": Sentence(
        "Koppelt het COA op de peildatum, dan biedt {g} uiterlijk op {gevonden} woonruimte aan ({huisvesten} weken). "
        "Het huishouden verhuist uiterlijk op {toegestaan} ({verhuizen} weken later).",
        "If the COA links on the peildatum, {g} offers housing by {gevonden} ({huisvesten} weeks). The household "
        "moves by {toegestaan} ({verhuizen} weeks later).",
    ),
    "termijn": Sentence(
        "De vergunning is {gevonden} {gevonden:dag|dagen} oud. De termijn voor koppelen is {weken} "
        "{weken:week|weken} ({toegestaan} dagen).",
        "The permit is {gevonden} {gevonden:day|days} old. The term for linking is {weken} {weken:week|weeks} "
        "({toegestaan} days).",
    ),
}
