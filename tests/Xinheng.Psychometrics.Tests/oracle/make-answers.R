# Answers of 400 people who do not exist to 8 items from 0 to 4, written to answers.csv: one general factor, three group
# factors, items q3 and q6 reversed, 3 % missing. The seed fixes every answer.
suppressWarnings(RNGversion("4.0.0"))
set.seed(20261123)
n <- 400
general <- rnorm(n)
group <- matrix(rnorm(3 * n), n)
of <- c(1, 1, 1, 2, 2, 2, 3, 3)
loading <- c(.70, .65, .60, .70, .55, .60, .75, .50)
cuts <- c(-.4, .3, .9, 1.5)
x <- sapply(1:8, function(j) {
  latent <- loading[j] * general + .40 * group[, of[j]] + sqrt(1 - loading[j]^2 - .16) * rnorm(n)
  findInterval(latent, cuts)
})
x[, c(3, 6)] <- 4 - x[, c(3, 6)]
x[matrix(runif(8 * n) < .03, n)] <- NA
colnames(x) <- paste0("q", 1:8)
answers <- data.frame(id = sprintf("p%03d", 1:n), sex = ifelse(runif(n) < .5, "f", "m"), x)
write.csv(answers, "answers.csv", row.names = FALSE, quote = FALSE, na = "")
