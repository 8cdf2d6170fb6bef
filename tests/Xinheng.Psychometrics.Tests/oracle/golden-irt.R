# Item response models of answers.csv, written to golden-irt.csv as name,value. Nothing but base R for marginal maximum likelihood:
# the likelihood by 61 equally spaced points of [-6, 6] with normal weights, its maximum by optim, standard errors by the
# numerical Hessian. eRm 1.0-2 (Debian r-cran-erm) for conditional maximum likelihood of the Rasch model.
suppressWarnings(suppressMessages(library(eRm)))
d <- read.csv("answers.csv")
items <- paste0("q", 1:8)
keyed <- d[, items]
keyed[, c("q3", "q6")] <- 4 - keyed[, c("q3", "q6")]
four <- as.matrix(keyed[, c("q1", "q2", "q4", "q7")])
two <- (as.matrix(keyed) >= 1) + 0
out <- data.frame(name = character(), value = numeric())
put <- function(name, value) out[nrow(out) + 1, ] <<- list(name, as.numeric(value))

theta <- -6 + 12 * (0:60) / 60
weight <- exp(-theta^2 / 2)
weight <- weight / sum(weight)

graded <- function(a, d) {
  above <- cbind(1, sapply(d, function(k) plogis(a * theta + k)), 0)
  above[, -ncol(above), drop = FALSE] - above[, -1, drop = FALSE]
}
partial <- function(a, d) {
  z <- cbind(0, sapply(seq_along(d), function(k) k * a * theta + sum(d[1:k])))
  p <- exp(z - apply(z, 1, max))
  p / rowSums(p)
}

# Probabilities of every item at every point, from a vector of parameters.
unfold <- function(par, x, curve, common) {
  m <- apply(x, 2, max, na.rm = TRUE)
  at <- if (common) 1 else 0
  lapply(seq_len(ncol(x)), function(j) {
    if (!common) {
      at <<- at + 1
      a <- par[at]
    } else {
      a <- par[1]
    }
    d <- par[at + seq_len(m[j])]
    at <<- at + m[j]
    if (identical(curve, graded) && any(diff(d) >= 0)) return(NULL)
    curve(a, d)
  })
}
joint <- function(p, x) {
  l <- matrix(0, length(theta), nrow(x))
  for (j in seq_along(p)) {
    own <- log(p[[j]])[, x[, j] + 1]
    own[is.na(own)] <- 0
    l <- l + own
  }
  l
}
minus <- function(par, x, curve, common) {
  p <- unfold(par, x, curve, common)
  if (any(sapply(p, is.null))) return(1e10)
  -sum(log(colSums(weight * exp(joint(p, x)))))
}

fit <- function(label, x, curve, common) {
  m <- apply(x, 2, max, na.rm = TRUE)
  start <- unlist(lapply(seq_len(ncol(x)), function(j) c(if (!common) 1.2, 1.2 * qlogis(sapply(1:m[j], function(k) mean(x[, j] >= k, na.rm = TRUE))))))
  if (common) start <- c(1.2, start)
  for (round in 1:6) {
    o <- optim(start, minus, x = x, curve = curve, common = common, method = "BFGS", control = list(maxit = 1000, reltol = 1e-15, ndeps = rep(1e-4, length(start))))
    start <- o$par
  }
  h <- optimHess(o$par, minus, x = x, curve = curve, common = common, control = list(ndeps = rep(1e-3, length(start))))
  v <- solve(h)
  put(paste(label, "logLik"), -o$value)
  at <- if (common) 1 else 0
  if (common) {
    put(paste(label, "sd"), o$par[1])
    put(paste(label, "se sd"), sqrt(v[1, 1]))
  }
  for (j in seq_len(ncol(x))) {
    if (!common) {
      at <- at + 1
      a <- o$par[at]
      put(paste(label, "a", colnames(x)[j]), a)
      put(paste(label, "se a", colnames(x)[j]), sqrt(v[at, at]))
      slope <- at
    }
    for (k in seq_len(m[j])) {
      at <- at + 1
      if (common) {
        put(paste(label, "b", colnames(x)[j], k), -o$par[at])
        put(paste(label, "se b", colnames(x)[j], k), sqrt(v[at, at]))
      } else {
        g <- c(o$par[at] / a^2, -1 / a)
        put(paste(label, "b", colnames(x)[j], k), -o$par[at] / a)
        put(paste(label, "se b", colnames(x)[j], k), sqrt(t(g) %*% v[c(slope, at), c(slope, at)] %*% g))
      }
    }
  }
  unfold(o$par, x, curve, common)
}

# Expected a posteriori of the first ten people.
eap <- function(label, p, x, sd = 1) {
  post <- weight * exp(joint(p, x))
  post <- t(post) / colSums(post)
  mean <- post %*% theta
  for (i in 1:10) {
    put(paste(label, "theta", i), sd * mean[i])
    put(paste(label, "theta se", i), sd * sqrt(sum(post[i, ] * (theta - mean[i])^2)))
  }
}

# S-X2 with cells joined from the lowest on until their expectation is 1: sums for items of two answers, categories of a sum for others.
sums <- function(p) {
  s <- matrix(1, length(theta), 1)
  for (q in p) {
    n <- matrix(0, length(theta), ncol(s) + ncol(q) - 1)
    for (k in seq_len(ncol(q))) n[, k:(k + ncol(s) - 1)] <- n[, k:(k + ncol(s) - 1)] + q[, k] * s
    s <- n
  }
  s
}
misfit <- function(label, p, x) {
  x <- x[complete.cases(x), ]
  total <- rowSums(x)
  all <- colSums(weight * sums(p))
  for (j in seq_along(p)) {
    rest <- sums(p[-j])
    m <- ncol(p[[j]])
    cells <- list()
    open <- NULL
    for (s in 1:(length(all) - 2)) {
      n <- sum(total == s)
      if (n == 0) next
      o <- sapply(0:(m - 1), function(k) sum(x[total == s, j] == k))
      e <- sapply(0:(m - 1), function(k) if (s - k < 0 || s - k >= ncol(rest)) 0 else n * sum(weight * p[[j]][, k + 1] * rest[, s - k + 1]) / all[s + 1])
      if (m == 2) {
        open <- if (is.null(open)) cbind(o, e) else open + cbind(o, e)
        if (all(open[, 2] >= 1)) {
          cells[[length(cells) + 1]] <- open
          open <- NULL
        }
      } else {
        row <- matrix(0, 0, 2)
        wait <- c(0, 0)
        for (k in 1:m) {
          wait <- wait + c(o[k], e[k])
          if (wait[2] >= 1) {
            row <- rbind(row, wait)
            wait <- c(0, 0)
          }
        }
        if (nrow(row) == 0) row <- rbind(row, wait) else row[nrow(row), ] <- row[nrow(row), ] + wait
        cells[[length(cells) + 1]] <- row
      }
    }
    if (!is.null(open)) cells[[length(cells)]] <- cells[[length(cells)]] + open
    put(paste(label, "S-X2", colnames(x)[j]), sum(sapply(cells, function(r) sum((r[, 1] - r[, 2])^2 / r[, 2]))))
    put(paste(label, "df", colnames(x)[j]), sum(sapply(cells, function(r) nrow(r) - 1)) - m)
  }
}

p <- fit("grm", four, graded, FALSE)
eap("grm", p, four)
misfit("grm", p, four)
p <- fit("gpcm", four, partial, FALSE)
eap("gpcm", p, four)
p <- fit("2pl", two, graded, FALSE)
misfit("2pl", p, two)
p <- fit("pcm", four, partial, TRUE)
p <- fit("rasch", two, graded, TRUE)
eap("rasch", p, two, out$value[out$name == "rasch sd"])

cml <- RM(two[complete.cases(two), ])
for (j in 1:8) put(paste("cml b", items[j]), -cml$betapar[j])

write.csv(data.frame(name = out$name, value = trimws(formatC(out$value, digits = 9, format = "g"))), "golden-irt.csv", row.names = FALSE, quote = FALSE)
