"""The published figures of ``data/studies/`` as tidy pandas frames: one function a table.

``from secondlook import studies; studies.yrbs_shares()``. A function's own help says what the
table is for, its columns with their units, its source and its limits; the whole datasheet stands
beside the table. pandas is loaded by the first table that is read, not by this import.
"""

from __future__ import annotations

from secondlook.studies.cases import (
    credential_titles,
    disclosures,
    ftc_cases,
    literacy_trials,
    misreported_statistics,
    recommender_audits,
    still_face,
    video_experiments,
)
from secondlook.studies.labels import (
    adhd_coding_features,
    adhd_coding_pairs,
    expert_labels,
    video_criteria,
    video_engagement,
    view_bands,
    web_claim_ratings,
)
from secondlook.studies.people import (
    anxiety_bands,
    prevalence,
    screening_accuracy,
    screening_outcomes,
    symptom_frequency,
    teen_surveys,
    wellbeing_links,
    yrbs_counts,
    yrbs_distributions,
    yrbs_shares,
)
from secondlook.studies.videos import (
    accuracy_by_creator_type,
    content_analyses,
    group_sizes,
    hashtag_views,
    hypothetical_samples,
    inferred_ocd_groups,
    popularity,
    quality_by_topic,
    random_pairs,
    raters,
    reach,
    reach_ratio,
)

__all__ = [
    "accuracy_by_creator_type",
    "adhd_coding_features",
    "adhd_coding_pairs",
    "anxiety_bands",
    "content_analyses",
    "credential_titles",
    "disclosures",
    "expert_labels",
    "ftc_cases",
    "group_sizes",
    "hashtag_views",
    "hypothetical_samples",
    "inferred_ocd_groups",
    "literacy_trials",
    "misreported_statistics",
    "popularity",
    "prevalence",
    "quality_by_topic",
    "random_pairs",
    "raters",
    "reach",
    "reach_ratio",
    "recommender_audits",
    "screening_accuracy",
    "screening_outcomes",
    "still_face",
    "symptom_frequency",
    "teen_surveys",
    "video_criteria",
    "video_engagement",
    "video_experiments",
    "view_bands",
    "web_claim_ratings",
    "wellbeing_links",
    "yrbs_counts",
    "yrbs_distributions",
    "yrbs_shares",
]
