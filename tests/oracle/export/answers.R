# Writes FOLDER/answers-1.csv and so on: made-up people who answer every instrument whose codebook lies in FOLDER, by the
# codebooks alone; FOLDER/scales-1.txt names the instruments of a file, as one file holds at most 1,000 columns.
# Base R only, seeded:  Rscript answers.R FOLDER
folder <- commandArgs(trailingOnly = TRUE)[1]
RNGversion("4.0.0")
set.seed(20261125)
people <- 1600

books <- list.files(folder, "[.]codebook[.]csv$", full.names = TRUE)
read <- function(file) read.csv(file, colClasses = "character", fileEncoding = "UTF-8-BOM", check.names = FALSE)
items <- do.call(rbind, lapply(books, function(file) { book <- read(file); book <- book[book$role == "item", ]; cbind(book, book_number = rep(match(file, books), nrow(book))) }))

# Each person answers each instrument in a manner of its own: mostly low, mostly high, anything between; with no, few or many
# blanks; a few write what no item has.
manner <- matrix(runif(people * length(books)), people)
manner[sample(length(manner), length(manner) / 8)] <- 0
manner[sample(length(manner), length(manner) / 8)] <- 1
blank_share <- matrix(sample(c(0, 0, 0, 0, 0.03, 0.06, 0.15, 0.4, 0.9, 1), people * length(books), replace = TRUE), people)
junk_share <- matrix(sample(c(rep(0, 9), 0.05), people * length(books), replace = TRUE), people)

clocks <- 0
answer <- function(item) {
  book <- item$book_number
  p <- manner[, book]
  # An item runs with the others, against them (half of the reversed ones), or as it likes.
  worth <- suppressWarnings(as.numeric(strsplit(item$worth, "|", fixed = TRUE)[[1]]))
  if (item$type == "options") {
    codes <- strsplit(item$codes, "|", fixed = TRUE)[[1]][order(worth)]
    cell <- codes[1 + rbinom(people, length(codes) - 1, p)]
  } else if (grepl("^number", item$type)) {
    decimals <- as.numeric(item$decimals)
    low <- as.numeric(item$min); high <- as.numeric(item$max)
    share <- ifelse(runif(people) < 0.5, sample(c(0, 0.01, 0.3, 0.33, 1), people, replace = TRUE), runif(people)^2)
    cell <- sprintf(paste0("%.", sample(0:decimals, people, replace = TRUE), "f"), low + (high - low) * share)
  } else {
    # Half of the people sleep at night: the times of an instrument are 23:00, 7:00, 23:00 and so on.
    clocks <<- clocks + 1
    minute <- ifelse(runif(people) < 0.5, if (clocks %% 2 == 1) 23 * 60 else 7 * 60, sample(0:1439, people, replace = TRUE))
    cell <- sprintf("%d:%02d", minute %/% 60, minute %% 60)
  }
  cell[runif(people) < blank_share[, book]] <- ""
  junk <- runif(people) < junk_share[, book]
  cell[junk] <- sample(c("x", "240", "1.5", "-1"), sum(junk), replace = TRUE)
  cell
}

columns <- lapply(seq_len(nrow(items)), function(i) answer(items[i, ]))
names(columns) <- items$variable
ages <- sample(c("", "15", 5:99), people, replace = TRUE)
person <- data.frame(person = seq_len(people), age = ages, sex = sample(c("", "female", "male"), people, replace = TRUE))
# Forms about a school go into a file of their own: a row of answers is about one or the other.
about_school <- vapply(sub("codebook[.]csv$", "fhir.json", books), function(file) any(grepl('"Organization"', readLines(file, encoding = "UTF-8"), fixed = TRUE)), TRUE)
part_of_book <- ifelse(about_school, 99, cumsum(tabulate(items$book_number, length(books))) %/% 900)
for (part in unique(part_of_book)) {
  here <- part_of_book[items$book_number] == part
  data <- data.frame(person, columns[here], check.names = FALSE)
  write.csv(data, file.path(folder, sprintf("answers-%d.csv", part + 1)), row.names = FALSE, quote = FALSE, fileEncoding = "UTF-8")
  writeLines(paste(sub("[.]codebook[.]csv$", "", basename(books[part_of_book == part])), collapse = ","), file.path(folder, sprintf("scales-%d.txt", part + 1)))
}
cat(sprintf("%d people, %d instruments, %d items\n", people, length(books), nrow(items)))
