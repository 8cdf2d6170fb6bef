namespace Xinheng.Psychometrics;

/// <summary>How a place on the latent trait is estimated from answers.</summary>
public enum IrtScoring
{
    /// <summary>Expected a posteriori: mean of the posterior, with its standard deviation. Bock &amp; Mislevy 1982, Appl. Psychol. Meas. 6, 431-444. Exists for every pattern.</summary>
    Eap,

    /// <summary>Maximum a posteriori: top of the posterior; standard error from its curvature.</summary>
    Map,

    /// <summary>Maximum likelihood; infinite where all answers are at one end.</summary>
    Ml,

    /// <summary>Weighted likelihood, which takes out the first-order bias of ML: Warm 1989, Psychometrika 54, 427-450. Finite for every pattern.</summary>
    Wle,
}
