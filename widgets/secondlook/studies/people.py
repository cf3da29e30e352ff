"""Surveys of people, and how well screening forms work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondlook.studies.table import read

if TYPE_CHECKING:
    import pandas as pd


def anxiety_bands() -> pd.DataFrame:
    """How many young people in the US score in each band of an anxiety form.

    Columns:
        study: who did it
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)
        year: year of publication
        age_group: years of age (years)
        sex: all, female or male
        band: the form's own word for the score
        score_from: lowest score of the band (points of 21)
        score_to: highest score of the band (points of 21)
        thousands: young people in this band, estimated (thousand people)
        percent: share of the group (percent)

    Source: SAMHSA, National Survey on Drug Use and Health 2024, detailed table 7.1A
    (samhsa-nsduh2024): young people of 12 to 17 in the US.

    Limits: a score from a seven-question form, filled in once. Who did not answer is left out of
    the percentages.
    """
    return read(
        "anxiety_bands",
        text="study ref read age_group sex band",
        whole="year score_from score_to thousands",
        number="percent",
    )


def prevalence() -> pd.DataFrame:
    """How common ADHD is, by what is counted.

    Columns:
        condition: condition
        study: who did it
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)
        year: year of publication
        who: people
        counted: what was counted
        percent: share of the people (percent)

    Source: Song et al., 2021 (song2021adhd), and the CDC's page on ADHD (cdc-adhd-data, whose
    figures were read in news reports).

    Limits: "how common" depends on what is counted: a diagnosis somebody was told, an interview, or
    symptoms on a form. The CDC's figures are parents' answers, in a country that diagnoses often.
    """
    return read(
        "prevalence", text="condition study ref read who counted", whole="year", number="percent"
    )


def screening_accuracy() -> pd.DataFrame:
    """How well screening forms work, by whom they were tested on.

    Columns:
        questionnaire: name of the form
        looks_for: condition
        study: who did it
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)
        year: year of publication
        tested_on: setting of the test
        who: age
        cutoff: score that counts as positive (points)
        people: people tested; empty where not printed (people)
        sensitivity: of those who have it, share whom the form catches (percent)
        sensitivity_low95: lower end of its 95% interval, where printed (percent)
        sensitivity_high95: upper end (percent)
        specificity: of those who do not have it, share whom the form clears (percent)
        specificity_low95: lower end of its 95% interval, where printed (percent)
        specificity_high95: upper end (percent)

    Source: the studies named row by row in ref; those with read = secondary were read in a
    professional page that cites the paper.

    Limits: the yardstick differs: an interview in most, another questionnaire in Hines et al. Most
    were adults. Where the text we read gives no cut-off or age, the cell says so. The makers' own
    studies tend to look better than later ones. Plummer's 5,223 people are those of all samples
    together. For RAADS-14 specificity ran from 46% to 64% by comparison group; the lower end stands
    here.
    """
    return read(
        "screening_accuracy",
        text="questionnaire looks_for study ref read tested_on who cutoff",
        whole="year people",
        number="sensitivity sensitivity_low95 sensitivity_high95 specificity "
        "specificity_low95 specificity_high95",
        empty="people sensitivity_low95 sensitivity_high95 specificity_low95 specificity_high95",
    )


def screening_outcomes() -> pd.DataFrame:
    """What came of screening: positives, and how many of them were right.

    Columns:
        questionnaire: name of the form
        looks_for: condition
        study: who did it
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)
        year: year of publication
        tested_on: setting
        people: people tested; empty where not printed (people)
        outcome: what the share is a share of
        percent: share (percent)

    Source: the abstracts of the studies named row by row in ref.

    Limits: Chamberlain et al. did not interview anybody: how many positives were right is their
    estimate from the share expected in the population.
    """
    return read(
        "screening_outcomes",
        text="questionnaire looks_for study ref read tested_on outcome",
        whole="year people",
        number="percent",
        empty="people",
    )


def symptom_frequency() -> pd.DataFrame:
    """How often people in the US have low interest, low mood, trouble sleeping or bad days.

    Columns:
        origin: computed by us, or inferred by us
        ref: key in references.json
        question: what was asked: little interest or feeling down in the past two weeks; ever told a
            health professional of trouble sleeping; days of the past 30 on which mental health was
            not good
        age_group: years of age (years)
        answer: not at all, several days or most days; yes or no; or a band of days
        people: people with this answer (people)
        people_asked: people who answered (people)
        percent: weighted share (percent)

    Source: the public-use file of the CDC's National Health and Nutrition Examination Survey,
    2009-2010 and 2011-2012 (cdc-nhanes), as carried by the R package NHANES of Project MOSAIC;
    20,293 people.

    Limits: 2009-2012. The package was made for teaching and merges "more than half the days" with
    "nearly every day" into most days. Low interest and low mood were asked of adults only.
    """
    return read(
        "symptom_frequency",
        text="origin ref question age_group answer",
        whole="people people_asked",
        number="percent",
    )


def teen_surveys() -> pd.DataFrame:
    """What surveys asked teenagers (and some adults) about media and mental health.

    Columns:
        survey: who asked
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)
        year: year of the answers
        who: who was asked
        people: people asked; empty where not seen (people)
        question: what is counted, in our words
        group: part of those asked
        percent: share (percent)

    Source: the survey reports named row by row in ref. Many figures were read in news reports or
    summaries, and read says so.

    Limits: surveys ask different people different questions; years and ages stand in each row. A
    share of what teenagers say is not a measured effect. The surveys NSCH and NHIS must not be
    joined into one line. NHS: a questionnaire, not a diagnosis; shares jump from year to year.
    Ofcom was published in March 2022, so the fieldwork may be of 2021. This does not show cause.
    Opinions and habits were asked once, at the same time.
    """
    return read(
        "teen_surveys",
        text="survey ref read who question group",
        whole="year people",
        number="percent",
        empty="people",
    )


def wellbeing_links() -> pd.DataFrame:
    """How far use of digital technology and well-being of adolescents go together.

    Columns:
        study: who did it
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)
        year: year of publication
        who: who was asked
        people: people asked (people)
        link: the two things that were compared
        measure: unit of the value
        at_most: the value, at most (percent)

    Source: Orben & Przybylski, 2019 (orben2019digital), an analysis of three large surveys.

    Limits: "at most" is the authors' word. A small share of the differences between people can
    still matter to one of them, and one number for all of digital technology hides what people do
    with it. Others have argued with how it was worked out. This does not show cause. The surveys
    asked about both at the same time.
    """
    return read(
        "wellbeing_links",
        text="study ref read who link measure",
        whole="year people",
        number="at_most",
    )


def yrbs_counts() -> pd.DataFrame:
    """Counts of US high-school students by sleep, screens, sadness and concentration.

    Columns:
        origin: computed by us, or inferred by us
        ref: key in references.json
        sex: female or male, as asked in 2019
        sleep_hours: sleep on an average school night, in bands (hours)
        screen_hours: games, videos, texting and social media together, not for schoolwork, on a
            school day, in bands (hours)
        sad_or_hopeless: almost every day for two weeks or more in the past 12 months, so that usual
            activities stopped: yes, no, not answered
        difficulty_concentrating: serious difficulty concentrating: yes, no, not answered
        students: students with these answers, as they came (students)
        weighted_students: sum of the survey's weights, which make the sample stand for the country
            (weighted students)

    Source: the public-use file of the CDC's national Youth Risk Behavior Survey, 2019
    (cdc-yrbs2019): 13,677 students in grades 9 to 12.

    Limits: 2019, US schools only, no home-schooled students; 60.3% of those asked are in it;
    answers are what students say of themselves. The question on concentrating asks about difficulty
    because of a physical, mental or emotional problem; many were not asked it. Plain formulas give
    margins that are too small, because the sample came by schools: take margins from
    yrbs_shares.csv. This does not show cause. Sleep, screens and sadness were asked at the same
    time; a third thing may move them all, and sadness may come first.
    """
    return read(
        "yrbs_counts",
        text="origin ref sex sleep_hours screen_hours sad_or_hopeless difficulty_concentrating",
        whole="students",
        number="weighted_students",
    )


def yrbs_distributions() -> pd.DataFrame:
    """How long US high-school students sleep and look at screens.

    Columns:
        origin: computed by us, or inferred by us
        ref: key in references.json
        measure: sleep_hours or screen_hours, as in yrbs_counts.csv
        sex: all, female or male
        answer: band of the answer (hours)
        students: students with this answer (students)
        percent: weighted share of the group (percent)

    Source: the public-use file of the CDC's national Youth Risk Behavior Survey, 2019
    (cdc-yrbs2019): 13,677 students in grades 9 to 12.

    Limits: 2019, US schools only, no home-schooled students; 60.3% of those asked are in it;
    answers are what students say of themselves. The question on concentrating asks about difficulty
    because of a physical, mental or emotional problem; many were not asked it.
    """
    return read(
        "yrbs_distributions",
        text="origin ref measure sex answer",
        whole="students",
        number="percent",
    )


def yrbs_shares() -> pd.DataFrame:
    """Weighted shares of US high-school students who say yes to two questions, by group.

    Columns:
        origin: computed by us, or inferred by us
        ref: key in references.json
        question: sad_or_hopeless or difficulty_concentrating, as in yrbs_counts.csv
        sex: all, female or male
        split_by: what splits the students: all (nothing), school_grade, sleep_hours, screen_hours,
            active_days (days a week), usual_grades, or the other question
        split: the part
        students: students who answered (students)
        percent: weighted share who said yes (percent)
        low95: lower end of the 95% interval (percent)
        high95: upper end of the 95% interval (percent)

    Source: the public-use file of the CDC's national Youth Risk Behavior Survey, 2019
    (cdc-yrbs2019): 13,677 students in grades 9 to 12.

    Limits: 2019, US schools only, no home-schooled students; 60.3% of those asked are in it;
    answers are what students say of themselves. The question on concentrating asks about difficulty
    because of a physical, mental or emotional problem; many were not asked it. This does not show
    cause. Groups differ in many ways at once, and all was asked at one time.
    """
    return read(
        "yrbs_shares",
        text="origin ref question sex split_by split",
        whole="students",
        number="percent low95 high95",
    )
