"""Videos and web pages that experts or a student labelled one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondlook.studies.table import read

if TYPE_CHECKING:
    import pandas as pd


def adhd_coding_features() -> pd.DataFrame:
    """How many of 149 ADHD videos have a feature.

    Columns:
        origin: computed by us, or inferred by us
        ref: key in references.json
        feature_group: format, framing or source of knowledge
        feature: what was looked for; a video can have several
        videos: videos that have it (videos)
        out_of: videos coded (videos)
        percent: share of the videos (percent)

    Source: the anonymised coding sheet of B. Y. Bucchino's bachelor's thesis, LMU Munich, 2026
    (bucchino2026adhd): 149 relevant of 400 ADHD videos on TikTok, from the US, Great Britain and
    Australia, November 2025 to May 2026.

    Limits: one coder, a student's thesis, not peer reviewed. The smallest video kept has 10,022
    views, so little-seen videos are missing. It records what a video shows, not whether it is
    right.
    """
    return read(
        "adhd_coding_features",
        text="origin ref feature_group feature",
        whole="videos out_of",
        number="percent",
    )


def adhd_coding_pairs() -> pd.DataFrame:
    """How two features of ADHD videos go together.

    Columns:
        origin: computed by us, or inferred by us
        ref: key in references.json
        feature: first feature
        feature_present: whether the videos of this row have it: yes or no
        second_feature: second feature
        second_present: whether the counted videos have it: yes or no
        videos: videos (videos)
        out_of: videos with this answer on the first feature (videos)
        percent: videos as a share of out_of (percent)

    Source: the anonymised coding sheet of B. Y. Bucchino's bachelor's thesis, LMU Munich, 2026
    (bucchino2026adhd): 149 relevant of 400 ADHD videos on TikTok, from the US, Great Britain and
    Australia, November 2025 to May 2026.

    Limits: one coder, a student's thesis, not peer reviewed. The smallest video kept has 10,022
    views, so little-seen videos are missing. It records what a video shows, not whether it is
    right. This does not show cause. Features were only counted side by side.
    """
    return read(
        "adhd_coding_pairs",
        text="origin ref feature feature_present second_feature second_present",
        whole="videos out_of",
        number="percent",
    )


def expert_labels() -> pd.DataFrame:
    """How many of 739 videos experts called misinformation.

    Columns:
        origin: computed by us, or inferred by us
        ref: key in references.json
        platform: where the videos were; both together
        expert_rating: misinformation or not misinformation, as experts rated it; all
        videos: videos (videos)
        percent: share of the platform's videos in the dataset (percent)

    Source: the public file of expert labels behind Nguyen et al., 2025 (nguyen2025misinfo): 739
    short videos on mental health, 639 from YouTube Shorts and 100 from BitChute, collected by
    December 2023.

    Limits: videos were picked for the dataset and are no random sample.
    """
    return read(
        "expert_labels", text="origin ref platform expert_rating", whole="videos", number="percent"
    )


def video_criteria() -> pd.DataFrame:
    """How experts rated the same videos on three criteria.

    Columns:
        origin: computed by us, or inferred by us
        ref: key in references.json
        platform: where the videos were
        criterion: what experts asked of the video
        rating: fails, neutral or not applicable, meets
        videos: videos with this rating (videos)

    Source: the public file of expert labels behind Nguyen et al., 2025 (nguyen2025misinfo): 739
    short videos on mental health, 639 from YouTube Shorts and 100 from BitChute, collected by
    December 2023.

    Limits: the wording of the three criteria was read in a summary of the paper, not in the paper.
    """
    return read("video_criteria", text="origin ref platform criterion rating", whole="videos")


def video_engagement() -> pd.DataFrame:
    """Views, likes and comments of expert-labelled videos: quantiles and mean.

    Columns:
        origin: computed by us, or inferred by us
        ref: key in references.json
        platform: where the videos were
        expert_rating: misinformation or not misinformation, as experts rated it; all
        measure: views, likes, comments, or likes per 100 views
        videos: videos in the group (videos)
        videos_with_value: of these, videos with the measure (videos)
        p10: a tenth of the videos have less (as measure)
        p25: a quarter have less (as measure)
        median: half have less (as measure)
        p75: three quarters have less (as measure)
        p90: nine tenths have less (as measure)
        mean: all added up and shared out evenly (as measure)
        top_tenth_percent: share of the whole that the top tenth of the videos holds; empty for
            likes per 100 views (percent)

    Source: the public file of expert labels behind Nguyen et al., 2025 (nguyen2025misinfo): 739
    short videos on mental health, 639 from YouTube Shorts and 100 from BitChute, collected by
    December 2023.

    Limits: videos were picked for the dataset, in English, so the groups do not show how much of a
    platform is wrong. Likes per 100 views are for videos with at least 100 views. A mean is pulled
    up by a few very popular videos. This does not show cause. Experts' labels and views were only
    seen side by side.
    """
    return read(
        "video_engagement",
        text="origin ref platform expert_rating measure",
        whole="videos videos_with_value",
        number="p10 p25 median p75 p90 mean top_tenth_percent",
        empty="top_tenth_percent",
    )


def view_bands() -> pd.DataFrame:
    """Of videos lined up by views: how many in each part experts did not call misinformation.

    Columns:
        origin: computed by us, or inferred by us
        ref: key in references.json
        platform: where the videos were
        band: which part of the line
        from_views: views where the band begins; empty for the first band (views)
        to_views: views where the band ends; empty for the last band (views)
        videos: videos in the band (videos)
        misinformation_least: fewest misinformation videos that fit (videos)
        misinformation_most: most misinformation videos that fit (videos)
        passed_low: the other videos as a share of the band, lowest that fits (percent)
        passed_high: the other videos as a share of the band, highest that fits (percent)

    Source: inferred by us from video_engagement, which stands on the public file of expert labels
    behind Nguyen et al., 2025 (nguyen2025misinfo).

    Limits: videos were picked for the dataset, so the height of the shares says nothing about a
    feed. The range is what the summary leaves open; it is no 95% interval. This does not show
    cause. Experts' labels and views were only seen side by side.
    """
    return read(
        "view_bands",
        text="origin ref platform band",
        whole="from_views to_views videos misinformation_least misinformation_most",
        number="passed_low passed_high",
        empty="from_views to_views",
    )


def web_claim_ratings() -> pd.DataFrame:
    """How medical experts rated sentences of health pages on the web, and why.

    Columns:
        origin: computed by us, or inferred by us
        ref: key in references.json
        topic: all 12 topics, psychiatry, or diet and autism
        question: what was recorded: the expert's label, the reason for not credible, whether the
            sentences around it were needed, whether a repeat got another label
        answer: label, reason or yes
        sentences: sentences with this answer (sentences)
        out_of: sentences asked about (sentences)
        percent: share (percent)

    Source: Nabożny et al., 2021 (nabozny2021credibility) and its public corpus: 10,431 sentences
    from 223 health pages on the web, collected 2019-2020, each rated by a medical expert.

    Limits: web pages, not videos; one expert a sentence. Repeats may have been judged within
    different surroundings. A sentence can have several reasons.
    """
    return read(
        "web_claim_ratings",
        text="origin ref topic question answer",
        whole="sentences out_of",
        number="percent",
    )
