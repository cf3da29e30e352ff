"""Published studies of videos: who made them, how good they were, how far they went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondlook.studies.table import read

if TYPE_CHECKING:
    import pandas as pd


def accuracy_by_creator_type() -> pd.DataFrame:
    """Share of OCD videos rated accurate, by who made them.

    Columns:
        study: who did it
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)
        year: year of publication
        topic: condition the videos are about
        creator_type: group as the study named it
        percent: videos of this group rated accurate (percent)
        videos_in_study: videos in all three groups together (videos)

    Source: the abstract of Cheng et al., 2025 (cheng2025ocd).

    Limits: one condition, one platform, 117 videos that set out to inform. The abstract prints no
    group sizes and does not say how creators proved their type. "Other" is everybody who is
    neither. This does not show cause. Professionals and others differ in many ways.
    """
    return read(
        "accuracy_by_creator_type",
        text="study ref read topic creator_type",
        whole="year videos_in_study",
        number="percent",
    )


def content_analyses() -> pd.DataFrame:
    """What further studies found in videos: other platforms, units and rules.

    Columns:
        study: who did it
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)
        year: year of publication
        topic: condition or theme
        platform: where it was
        sampled: what was looked at
        unit: what was counted: claim or video
        out_of: how many were looked at; empty where not seen (units)
        category: the study's own word, or ours for it
        count: how many; empty where not printed (units)
        percent: share (percent)

    Source: the abstracts of the studies named row by row in ref; for Munoz et al. a news release of
    the American Psychiatric Association, for Karasavva et al. its news alert (read says so).

    Limits: other platforms, other units and other rules than quality_by_topic.csv. In Munoz et al.
    very short YouTube videos were left out and very short TikTok videos were not. Brown, Mross and
    Thapa each rated in their own way; the 159 of Thapa et al. is worked out from 61 videos being
    38.36%. Turuba's themes overlap. Basch et al. did not rate accuracy at all.
    """
    return read(
        "content_analyses",
        text="study ref read topic platform sampled unit category",
        whole="year out_of count",
        number="percent",
        empty="out_of count",
    )


def group_sizes() -> pd.DataFrame:
    """How many autism videos health professionals made, and how many others did.

    Columns:
        study: who did it
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)
        year: year of publication
        topic: condition the videos are about
        creator_type: group
        videos: videos of this group (videos)
        videos_in_study: videos in both groups together (videos)

    Source: Aragon-Guevara et al., 2023 (aragonguevara2023autism). The total of 133 is in the
    abstract; the split into 7 and 126 was read in a university's news page about the paper (read
    says secondary), not in the paper.

    Limits: creators were sorted by what they say of themselves. The abstract says that
    professionals' videos were more likely to be accurate, but prints no percentage for the groups.
    """
    return read(
        "group_sizes", text="study ref read topic creator_type", whole="year videos videos_in_study"
    )


def hashtag_views() -> pd.DataFrame:
    """Dated counts of views and posts under a hashtag.

    Columns:
        hashtag: hashtag on TikTok
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)
        as_of: when it was counted, or the year of the paper
        counted: what was counted
        billions: the count (billion)

    Source: Gilmore et al., 2022 (gilmore2022tiktok) and Aragon-Guevara et al., 2023
    (aragonguevara2023autism).

    Limits: a view is not a person, and one person can be thousands of views. Platforms changed from
    counting views to counting posts.
    """
    return read("hashtag_views", text="hashtag ref read as_of counted", number="billions")


def hypothetical_samples() -> pd.DataFrame:
    """What the size of an imagined sample does to the interval around a share.

    Columns:
        origin: computed by us, or inferred by us
        label: the row in words
        accurate: accurate videos of an imagined sample (videos)
        videos: videos in the imagined sample (videos)
        percent: accurate as a share of videos (percent)
        low95: lower end of the 95% Wilson interval of that share (percent)
        high95: upper end (percent)

    Source: computed by us. No study stands behind these rows; they show what the size of a sample
    does to the interval around a share.

    Limits: imagined samples, each drawn at random, which no study of videos is.
    """
    return read(
        "hypothetical_samples",
        text="origin label",
        whole="accurate videos",
        number="percent low95 high95",
    )


def inferred_ocd_groups() -> pd.DataFrame:
    """Group sizes that would fit what a study of OCD videos prints.

    Columns:
        origin: computed by us, or inferred by us
        ref: key in references.json
        creator_type: group as the study named it
        accurate: accurate videos that would fit (videos)
        videos: videos in the group that would fit (videos)
        percent: accurate as a share of videos (percent)
        low95: lower end of the 95% Wilson interval of that share (percent)
        high95: upper end (percent)

    Source: inferred by us, not printed anywhere. Cheng et al., 2025 (cheng2025ocd) print three
    percentages, 117 videos in all and 64 accurate ones.

    Limits: it would be wrong if the paper's groups overlap or leave videos out.
    """
    return read(
        "inferred_ocd_groups",
        text="origin ref creator_type",
        whole="accurate videos",
        number="percent low95 high95",
    )


def popularity() -> pd.DataFrame:
    """Whether the better or the worse videos were more popular, study by study.

    Columns:
        study: who did it
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)
        year: year of publication
        topic: what the videos are about
        platform: where they were
        measure: what popularity was counted in
        first_group: one group of videos
        first_value: its value, where printed (as measure)
        second_group: the other group
        second_value: its value, where printed (as measure)
        found: what the study reports, in our words

    Source: the abstracts of the studies named row by row in ref.

    Limits: what "more popular" means differs. Verma & Sinha: 8% of the videos had 4% of the likes.
    Robbins et al. picked popular videos to compare, and a third of those came from medical
    professionals. "No reliable difference" means that none could be shown, not that there is none.
    This does not show cause. Videos were only watched from outside.
    """
    return read(
        "popularity",
        text="study ref read topic platform measure first_group second_group found",
        whole="year",
        number="first_value second_value",
        empty="first_value second_value",
    )


def quality_by_topic() -> pd.DataFrame:
    """Shares of useful, accurate or misleading videos in seven studies.

    Columns:
        study: who did it
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)
        year: year of publication
        topic: condition the videos are about
        platform: where the videos were
        sampled: which videos were rated
        n: videos rated; empty when the abstract does not print it (videos)
        unit: what was rated
        category: the study's own word for the box
        box: good, between or bad: our grouping, for one chart
        percent: share of the rated videos (percent)
        printed: yes: in the abstract; no: the remainder, computed here
        rule: what decided about the boxes, in our words

    Source: the abstracts of seven studies, one key each in the column ref: those on one platform,
    TikTok, that rated whole videos and print the shares in the abstract. Studies that rated single
    sentences, or whose figures were seen only in the news, are left out (some are in
    content_analyses.csv).

    Limits: not a complete review. Samples are the most seen or most liked videos of a few days,
    often years ago. The words "misleading", "inaccurate" and "useful" follow a different rule in
    each study (column rule). The rule given for Yeung et al. stands in the paper's method, not in
    its abstract.
    """
    return read(
        "quality_by_topic",
        text="study ref read topic platform sampled unit category box printed rule",
        whole="year n",
        number="percent",
        empty="n",
    )


def random_pairs() -> pd.DataFrame:
    """How often each of two videos drawn at random would be accurate.

    Columns:
        origin: computed by us, or inferred by us
        ref: key in references.json
        first: first group
        second: second group
        both: pairs in which both videos are accurate (percent of pairs)
        only_first: only the first is accurate (percent of pairs)
        only_second: only the second (percent of pairs)
        neither: neither (percent of pairs)

    Source: computed by us from accuracy_by_creator_type.csv: if one video is drawn at random from
    each of two groups of Cheng et al., 2025 (cheng2025ocd), how often is each of them accurate?

    Limits: takes the printed percentages as exact and the two draws as independent.
    """
    return read(
        "random_pairs", text="origin ref first second", number="both only_first only_second neither"
    )


def raters() -> pd.DataFrame:
    """Who rated the videos of the seven studies, and how far raters agreed.

    Columns:
        study: who did it
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)
        year: year of publication
        topic: condition the videos are about
        who_rated: who put the videos into boxes
        agreement_percent: videos that two raters put into the same box; empty where not printed
            (percent)

    Source: the abstracts of the studies in quality_by_topic.csv.

    Limits: "not stated in the abstract" means just that; the paper itself may say more.
    """
    return read(
        "raters",
        text="study ref read topic who_rated",
        whole="year",
        number="agreement_percent",
        empty="agreement_percent",
    )


def reach() -> pd.DataFrame:
    """Views and likes of accurate and of other autism videos.

    Columns:
        study: who did it
        ref: key in references.json
        read: how far the source was read: full, abstract, excerpt or secondary (only in a report of
            it)
        year: year of publication
        topic: condition the videos are about
        accuracy_group: rating of the videos
        videos: videos in the group (videos)
        views: all views of the group together (views)
        likes: all likes of the group together (likes)

    Source: Aragon-Guevara et al., 2023 (aragonguevara2023autism). The views and likes of each group
    were read in a news report of the paper (read says secondary).

    Limits: the abstract says that engagement did not differ reliably between the groups. Means are
    pulled up by a few very popular videos; medians are not printed in what we read. This does not
    show cause. Nothing here says why a video was seen.
    """
    return read(
        "reach", text="study ref read topic accuracy_group", whole="year videos views likes"
    )


def reach_ratio() -> pd.DataFrame:
    """How many times the views of accurate autism videos the others had.

    Columns:
        origin: computed by us, or inferred by us
        ref: key in references.json
        measure: what is compared
        accurate: of the accurate videos (as measure)
        other: of the inaccurate or overgeneralised videos (as measure)
        ratio: other divided by accurate (times)

    Source: Aragon-Guevara et al., 2023 (aragonguevara2023autism).

    Limits: as in reach.csv: the views of the two groups were read in a news report of the paper.
    This does not show cause. Nothing here says why a video was seen.
    """
    return read("reach_ratio", text="origin ref measure", whole="accurate other", number="ratio")
