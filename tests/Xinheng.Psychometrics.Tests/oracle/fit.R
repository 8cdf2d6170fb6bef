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

# Differential functioning, women against men, matched by the sum --------------------------------------------------
out <- data.frame(name = character(), value = numeric())
put <- function(name, value) out[nrow(out) + 1, ] <<- list(name, as.numeric(value))
study <- function(label, x, group, two) {
  total <- rowSums(x)
  for (j in colnames(x)) {
    y <- x[, j]
    both <- tapply(group, total, function(g) length(unique(g)) == 2)
    k <- both[as.character(total)]
    t3 <- table(factor(group[k], levels = c("m", "f")), y[k], total[k])
    g <- mantelhaen.test(t3, correct = FALSE)
    put(paste(label, j, "generalized"), g$statistic)
    # Mantel 1963: hypergeometric mean and variance of the sum of the focal group at each total.
    parts <- sapply(unique(total[k]), function(s) {
      v <- y[total == s]; f <- group[total == s] == "f"; n <- length(v); nf <- sum(f)
      c(sum(v[f]) - nf * mean(v), if (n > 1) nf * (n - nf) / n * var(v) else 0, nf * (mean(v[f]) - mean(v[!f])), nf)
    })
    put(paste(label, j, "mantel"), sum(parts[1, ])^2 / sum(parts[2, ]))
    put(paste(label, j, "meanDifference"), sum(parts[3, ]) / sum(parts[4, ]))
    put(paste(label, j, "inSd"), sum(parts[3, ]) / sum(parts[4, ]) / sd(y))
    s <- as.numeric(total); f <- as.numeric(group == "f")
    if (two) {
      m <- mantelhaen.test(t3)
      put(paste(label, j, "oddsRatio"), 1 / m$estimate)
      # Below a half R leaves the correction out, so that the statistic jumps; corrected it is 0.
      put(paste(label, j, "mantelHaenszel"), if (isTRUE(all.equal(unname(m$statistic), unname(g$statistic)))) 0 else m$statistic)
      fits <- list(glm(y ~ 1, binomial), glm(y ~ s, binomial), glm(y ~ s + f, binomial), glm(y ~ s * f, binomial))
      dev <- sapply(fits, deviance)
      slopes <- c(coef(fits[[2]])["s"], coef(fits[[3]])["f"])
    } else {
      o <- factor(y); c0 <- list(reltol = 1e-15, maxit = 2000)
      fits <- list(polr(o ~ 1, control = c0), polr(o ~ s, control = c0), polr(o ~ s + f, control = c0), polr(o ~ s + f + I(s * f), control = c0))
      dev <- sapply(fits, deviance)
      slopes <- c(coef(fits[[2]])["s"], coef(fits[[3]])["f"])
    }
    put(paste(label, j, "uniform"), dev[2] - dev[3])
    put(paste(label, j, "nonUniform"), dev[3] - dev[4])
    n <- length(y)
    nagelkerke <- function(m) (1 - exp((dev[m] - dev[1]) / n)) / (1 - exp(-dev[1] / n))
    put(paste(label, j, "nagelkerkeGain"), nagelkerke(4) - nagelkerke(2))
    put(paste(label, j, "mcFaddenGain"), (dev[2] - dev[4]) / dev[1])
    put(paste(label, j, "matchingSlope"), slopes[1])
    put(paste(label, j, "groupSlope"), slopes[2])
  }
}
whole <- keyed[complete, ]
study("answers", whole, d$sex[complete], FALSE)
study("high", (whole >= 2) * 1, d$sex[complete], TRUE)
save(list(name = out$name, value = out$value), "fit-dif.csv")
