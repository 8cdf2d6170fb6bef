# What R needs for the work of IrtBenchmarks: 10,000 people x 27 items of five answers, drawn from the same kind of items.
# Rscript irt.R [people]: prints seconds per package; packages that are not here are skipped aloud.
set.seed(2026)
n <- if (length(commandArgs(TRUE)) > 0) as.integer(commandArgs(TRUE)[1]) else 10000
answers <- function(n, k, m) {
  theta <- rnorm(n)
  x <- sapply(0:(k - 1), function(i) {
    a <- 1 + (i * 7) %% 10 / 6
    b <- 1:(m - 1) - m / 2 + ((i * 3) %% 8 - 4) / 5
    findInterval(theta + rlogis(n) / a, b)
  })
  colnames(x) <- paste0("q", seq_len(k))
  as.data.frame(x)
}
x <- answers(n, 27, 5)
report <- function(name, seconds) cat(sprintf("%s, %d x %d: %.1f s\n", name, nrow(x), ncol(x), seconds))
timed <- function(e) system.time(suppressWarnings(suppressMessages(force(e))))[["elapsed"]]
have <- function(package) requireNamespace(package, quietly = TRUE) || { cat("skipped:", package, "is not installed\n"); FALSE }

if (have("lavaan")) {
  model <- paste("f =~", paste(names(x), collapse = " + "))
  report("lavaan, one ordinal factor (WLSMV)", timed(lavaan::cfa(model, x, ordered = TRUE, std.lv = TRUE)))
}
if (have("mirt")) {
  report("mirt, graded response, no standard errors", timed(mirt::mirt(x, 1, itemtype = "graded", quadpts = 61, verbose = FALSE)))
  p <- mirt::mirt(answers(5000, 9, 4), 1, itemtype = "graded", verbose = FALSE)
  y <- answers(100000, 9, 4)
  cat(sprintf("mirt, EAP, 100000 x 9: %.1f s\n", timed(mirt::fscores(p, response.pattern = as.matrix(y), quadpts = 121))))
}
if (have("eRm")) {
  x <- (x >= 2) + 0
  report("eRm, Rasch model, answers cut in two", timed(eRm::RM(x)))
}
