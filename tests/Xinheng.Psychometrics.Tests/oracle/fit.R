# Careless answering, person fit and fairness of answers.csv by base R and the formulas of the papers, written to fit-*.csv.
# R 4.2.2; MASS (a recommended package, Debian r-cran-mass) for ordinal regression.
suppressWarnings(suppressMessages(library(MASS)))
d <- read.csv("answers.csv")
items <- paste0("q", 1:8)
raw <- as.matrix(d[, items])
keyed <- raw
keyed[, c("q3", "q6")] <- 4 - keyed[, c("q3", "q6")]
text <- function(x) ifelse(is.na(x), "", trimws(formatC(x, digits = 15, format = "g")))
save <- function(x, file) write.csv(as.data.frame(lapply(x, function(c) if (is.numeric(c)) text(c) else c)), file, row.names = FALSE, quote = FALSE)

# Person by person ------------------------------------------------------------------------------------------------
complete <- complete.cases(raw)
mu <- colMeans(raw[complete, ])
S <- cov(raw[complete, ])
R <- cor(raw, use = "pairwise")
pairs <- which(lower.tri(R) & R > .35, arr.ind = TRUE) # row: the later item
answered <- colSums(!is.na(keyed))
steps <- do.call(rbind, lapply(1:8, function(j) data.frame(item = j, step = 1:4, p = sapply(1:4, function(k) mean(keyed[, j] >= k, na.rm = TRUE)))))
steps <- steps[order(-steps$p, steps$item, steps$step), ]
guttman <- function(y) {
  s <- steps[!is.na(y[steps$item]), ]
  pass <- y[s$item] >= s$step
  sum(outer(!pass, pass) * upper.tri(diag(length(pass))))
}
within <- function(a, b, fewest) if (length(a) < fewest || sd(a) == 0 || sd(b) == 0) NA else cor(a, b)
person <- function(i) {
  x <- raw[i, ]; y <- keyed[i, ]; k <- which(!is.na(x)); v <- x[k]
  D <- mahalanobis(v, mu[k], S[k, k])
  halves <- sapply(list(1:3, 4:6, 7:8), function(s) c(mean(y[s[seq(2, length(s), 2)]], na.rm = TRUE), mean(y[s[seq(1, length(s), 2)]], na.rm = TRUE)))
  halves <- halves[, colSums(is.nan(halves)) == 0, drop = FALSE]
  r <- within(halves[1, ], halves[2, ], 3)
  use <- pairs[!is.na(x[pairs[, 1]]) & !is.na(x[pairs[, 2]]), , drop = FALSE]
  c(longestRun = max(rle(unname(v))$lengths), averageRun = mean(rle(unname(v))$lengths), irv = sd(v), D2 = D, df = length(k),
    p = pchisq(D, length(k), lower.tail = FALSE), evenOdd = if (is.na(r)) NA else if (r <= -1 + 1e-15) -1 else max(-1, 2 * r / (1 + r)),
    synonyms = within(x[use[, 1]], x[use[, 2]], 3), guttman = guttman(y))
}
save(c(list(id = d$id), as.list(as.data.frame(t(sapply(1:nrow(d), person))))), "fit-people.csv")

# lz and lz* with fixed parameters of a graded response model ------------------------------------------------------
a <- c(1.4, 1.2, 1.0, 1.6, 1.1, 1.3, 1.8, .9)
b <- rbind(c(-.6, .4, 1.3, 2.2))[rep(1, 8), ] + seq(-.35, .35, length.out = 8)
P <- function(t) sapply(1:8, function(j) -diff(c(1, plogis(a[j] * (t - b[j, ])), 0)))
dP <- function(t) sapply(1:8, function(j) { s <- c(1, plogis(a[j] * (t - b[j, ])), 0); -diff(a[j] * s * (1 - s)) })
grid <- seq(-6, 6, length.out = 121)
logs <- lapply(grid, function(t) log(P(t)))
fit <- t(sapply(1:nrow(d), function(i) {
  k <- which(!is.na(keyed[i, ])); at <- cbind(keyed[i, k] + 1, k)
  w <- sapply(logs, function(l) sum(l[at])) + dnorm(grid, log = TRUE); w <- exp(w - max(w)); w <- w / sum(w)
  t <- sum(w * grid)
  l0 <- function(t) sum(log(P(t)[at]))
  moments <- function(p, w) c(sum(p * w), sum(colSums(p * w^2) - colSums(p * w)^2))
  p <- P(t)[, k]; m <- moments(p, log(p))
  # The mode of the posterior: where the score function is the place itself.
  u <- uniroot(function(t) sum((dP(t) / P(t))[at]) - t, c(-8, 8), tol = 1e-13)$root
  q <- P(u)[, k]; dq <- dP(u)[, k]; lq <- log(q)
  c0 <- sum(dq * lq) / sum(dq^2 / q)
  n <- moments(q, lq); v <- moments(q, lq - c0 * dq / q)[2]
  c(eap = t, l0 = l0(t), lz = (l0(t) - m[1]) / sqrt(m[2]), map = u, lzstar = (l0(u) - n[1] - c0 * u) / sqrt(v))
}))
save(c(list(id = d$id), as.list(as.data.frame(fit))), "fit-likelihood.csv")
