namespace Xinheng.Psychometrics;

/// <summary>The six intraclass correlations of Shrout &amp; Fleiss 1979, Psychol. Bull. 86(2), 420-428.</summary>
public enum IntraclassForm
{
    /// <summary>ICC(1,1): each person by other raters; one rating.</summary>
    OneWaySingle,

    /// <summary>ICC(2,1): the same raters, a sample of raters; agreement of one rating.</summary>
    TwoWayRandomSingle,

    /// <summary>ICC(3,1): these raters only; consistency of one rating.</summary>
    TwoWayMixedSingle,

    /// <summary>ICC(1,k): mean of k ratings, one-way.</summary>
    OneWayMean,

    /// <summary>ICC(2,k): mean of k ratings, agreement.</summary>
    TwoWayRandomMean,

    /// <summary>ICC(3,k): mean of k ratings, consistency; equal to coefficient alpha.</summary>
    TwoWayMixedMean,
}
