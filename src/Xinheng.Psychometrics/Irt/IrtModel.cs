namespace Xinheng.Psychometrics;

/// <summary>How the probability of an answer follows from the latent trait θ.</summary>
public enum IrtModel
{
    /// <summary>
    /// Rasch model: logit P(next step) = θ − b_k, slope 1 for all items, standard deviation of θ estimated. Rasch 1960; for items of more than two
    /// answers the partial credit model of Masters 1982, Psychometrika 47, 149-174.
    /// </summary>
    Rasch,

    /// <summary>Two-parameter logistic model for items of two answers: logit P(1) = a(θ − b). Birnbaum 1968.</summary>
    TwoParameter,

    /// <summary>Graded response model: logit P(answer ≥ k) = a(θ − b_k). Samejima 1969, Psychometrika Monograph 17.</summary>
    GradedResponse,

    /// <summary>Generalized partial credit model: logit P(answer k rather than k − 1) = a(θ − b_k). Muraki 1992, Appl. Psychol. Meas. 16, 159-176.</summary>
    GeneralizedPartialCredit,
}
