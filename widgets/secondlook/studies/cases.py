"""Trials, audits, regulators' cases, and numbers that went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondlook.studies.table import read

if TYPE_CHECKING:
    import pandas as pd


def credential_titles() -> pd.DataFrame:
    """Titles of mental-health professionals in the US and what stands behind them.

    Columns:
        country: country
        title: title
        letters: letters after the name
        training: usual training
        licensed: whether a licence is needed
        diagnoses: whether the person may usually diagnose
        prescribes: whether the person may usually prescribe
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)

    Source: the National Alliance on Mental Illness (nami-professionals) and the University of
    Washington's pages for families (uw-providers).

    Limits: the United States; letters, titles and rights differ by state, and rules change. A
    licence proves training and gives you somewhere to complain; it does not prove that a video is
    right.
    """
    return read(
        "credential_titles",
        text="country title letters training licensed diagnoses prescribes ref read",
    )


def disclosures() -> pd.DataFrame:
    """How often posts and accounts say who gains.

    Columns:
        study: who did it
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)
        year: year of publication
        who: whose posts or accounts
        out_of: how many were looked at; empty where not seen (units)
        unit: accounts or posts
        what: what share of them does this
        percent: share (percent)

    Source: the reports named row by row in ref.

    Limits: the European accounts were picked by authorities, not at random. None of these is about
    mental-health creators in general; Pretorius et al. looked at professionals only.
    """
    return read(
        "disclosures",
        text="study ref read who unit what",
        whole="year out_of",
        number="percent",
        empty="out_of",
    )


def ftc_cases() -> pd.DataFrame:
    """Three cases of the US Federal Trade Commission.

    Columns:
        company: company
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)
        year: year of the announcement
        product: what it sold
        allegation: what the regulator said
        outcome: how it ended, with the company's view
        amount_usd: money paid (US dollars)

    Source: the US Federal Trade Commission's own press releases, one a row in ref; the figures were
    read in press reports of them (read says secondary).

    Limits: settlements: the regulator alleges, the company need not admit anything. US law.
    """
    return read(
        "ftc_cases", text="company ref read product allegation outcome", whole="year amount_usd"
    )


def literacy_trials() -> pd.DataFrame:
    """What teaching people to judge claims changed in trials.

    Columns:
        study: who did it
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)
        year: year of publication
        who: who took part
        people: people in the study; empty where not seen (people)
        outcome: what was measured
        measure: unit of the value
        value: value (as measure)
        low95: lower end of the 95% interval, where printed (as measure)
        high95: upper end, where printed (as measure)

    Source: the abstracts of the studies named row by row in ref, and a table of Nsangi et al.

    Limits: tests were often written by those who made the lessons. Guess et al. print relative
    gains, not percentage points, and belief in true headlines fell a little as well. In Nsangi et
    al. a quarter to a third of the children were lost by the second test. The averages of Huang et
    al. are far above what the largest single studies find.
    """
    return read(
        "literacy_trials",
        text="study ref read who outcome measure",
        whole="year people",
        number="value low95 high95",
        empty="people low95 high95",
    )


def misreported_statistics() -> pd.DataFrame:
    """Real cases of a number that changed on its way from the study to a page.

    Columns:
        case: what went wrong, in words
        where: kind of page
        claimed: what the page said, in our words
        source_says: what the original says
        claimed_percent: the number on the page; empty when it is not one share (percent)
        source_percent: the number of the original (percent)
        how_to_catch: what would have shown it
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)
        second_ref: a second original, or empty
        confidence: how sure we are that it is an error

    Source: seven real cases of a number that changed between the study and the page. The original
    is named in ref; the pages that got it wrong are left out on purpose, and so are their names.

    Limits: in some cases the original report was itself read in other reports (see custom.read in
    references.json).
    """
    return read(
        "misreported_statistics",
        text="case where claimed source_says how_to_catch ref read second_ref confidence",
        number="claimed_percent source_percent",
        empty="claimed_percent source_percent second_ref",
    )


def recommender_audits() -> pd.DataFrame:
    """What a campaign group's test accounts were shown.

    Columns:
        study: who did it
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)
        year: year of publication
        accounts: whose feed it was
        what_they_did: how the accounts behaved
        found: what came up
        measure: unit of the value
        value: the value, or the lower end (as measure)
        value_to: upper end of the value, where a range is given (as measure)

    Source: Amnesty International, 2023 (amnesty2023tiktok), read on its own pages about the report.

    Limits: a campaign organisation, a few accounts that did nothing but watch one kind of video
    again; "potentially harmful" is its own coding; the company disputes that real people use it so,
    and such systems change often.
    """
    return read(
        "recommender_audits",
        text="study ref read accounts what_they_did found measure",
        whole="year",
        number="value value_to",
        empty="value_to",
    )


def still_face() -> pd.DataFrame:
    """What babies do when an adult's face goes still, and afterwards.

    Columns:
        study: who did it
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)
        year: year of publication
        studies_at_least: studies behind the row, at least (studies)
        infants: babies in the study; empty for the review (babies)
        moment: when the baby was watched, compared with play before
        behaviour: what the baby did
        change: less or more than before

    Source: the abstracts of Mesman et al., 2009, a review and meta-analysis of over 80 studies
    (mesman2009stillface), and of Myruski et al., 2018, on 50 babies (myruski2018phone).

    Limits: minutes in a laboratory, in the first year or so of life: it shows what babies do in the
    moment when play stops, not what becomes of them. It was found whatever the babies' sex or risk;
    results for mothers with depression were unclear. Calmer babies were later more often securely
    attached, which is a link and no proof.
    """
    return read(
        "still_face",
        text="study ref read moment behaviour change",
        whole="year studies_at_least infants",
        empty="infants",
    )


def video_experiments() -> pd.DataFrame:
    """What short videos and workshops changed in trials.

    Columns:
        study: who did it
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)
        year: year of publication
        who: who took part
        people: people in the trial; empty where not seen (people)
        shown: what they saw
        outcome: what was measured
        change: more, less, no reliable change, against people who saw something else; empty for the
            start
        measure: unit of the value
        value: value, or lower end (as measure)
        value_to: upper end, where a range is printed (as measure)

    Source: the abstracts of the studies named row by row in ref; the trial of Sandra et al. was
    read in its university's news release (read says secondary).

    Limits: college students and volunteers, clips made for the study, measured soon after. Effect
    sizes are printed for one study only, and run over several measures. One trial each: not yet
    repeated.
    """
    return read(
        "video_experiments",
        text="study ref read who shown outcome change measure",
        whole="year people",
        number="value value_to",
        empty="people change measure value value_to",
    )
