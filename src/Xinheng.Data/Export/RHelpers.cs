using System.Text;

namespace Xinheng.Data;

/// <summary>
/// The functions a generated R script is made of. A line that ends in <c>#:feature</c>, and a block between <c>#:feature {</c>
/// and <c>#:}</c>, stand only in scripts whose instrument has that feature.
/// </summary>
internal static class RHelpers
{
    private const string Source = """
          people <- nrow(data)
          tiny <- 1e-9 # R computes in binary numbers: rounding and comparisons allow for this much

          # How complete a score is, the best first; a score has a value up to 'prorated'.
          ok <- 1; prorated <- 2; undefined <- 3; too_few <- 4; unreadable <- 5; out_of_range <- 6
          words <- c("ok", "prorated", "undefined", "too-few-answers", "unreadable", "code-out-of-range")

          as_it_is <- function(x) x
          half_up <- function(x) floor(x + 0.5 + tiny) #:half-up
          whole_part <- function(x) floor(x + tiny) #:floor

          # ---- Reading
          bare <- function(name) gsub("[-_.[:space:]]", "", tolower(name))
          need <- function(columns) {
            found <- sapply(bare(columns), function(name) sum(bare(names(data)) == name))
            if (any(found == 0)) stop("There is no column ", paste(columns[found == 0], collapse = ", "), ".", call. = FALSE)
            if (any(found > 1)) stop("Several columns are ", paste(columns[found > 1], collapse = ", "), ".", call. = FALSE)
          }
          # The cells of a column as text; a blank is "".
          cells <- function(column) {
            at <- which(bare(names(data)) == bare(column))
            if (length(at) == 0) return(rep("", people))
            x <- data[[at[1]]]
            text <- if (is.numeric(x)) sprintf("%.15g", x) else as.character(x)
            text[is.na(x)] <- ""
            text
          }
          as_number <- function(text, readable) { text[!readable] <- NA; as.numeric(text) }
          #:choice {
          # An item with options. 'asked' is its skip logic: a blank counts as 'otherwise' when the item was surely not asked.
          choice <- function(column, set, reverse = FALSE, asked = NULL, otherwise = NULL, when_blank = NULL) {
            set <- responses[[set]]
            text <- cells(column)
            digits <- grepl("^[0-9]{1,9}$", text)
            code <- as_number(text, digits)
            blank <- text == ""
            if (!is.null(when_blank)) code[if (is.null(asked)) blank else blank & asked$published %in% TRUE] <- when_blank #:blanks
            if (!is.null(asked)) code[blank & asked$published %in% FALSE] <- otherwise #:gates
            state <- ifelse(code %in% set$codes, ok, ifelse(blank, too_few, ifelse(digits, out_of_range, unreadable)))
            code[state != ok] <- NA
            plain <- set$worth[match(code, set$codes)]
            list(code = code, plain = plain, state = state, low = min(set$worth), high = max(set$worth), set = set$worth, reverse = reverse,
              worth = if (reverse) min(set$worth) + max(set$worth) - plain else plain)
          }
          #:}
          #:number {
          # An item with a quantity, kept to so many decimals.
          number <- function(column, min, max, decimals) {
            text <- cells(column)
            digits <- grepl("^[0-9]+([.][0-9]+)?$", text) & nchar(gsub(".", "", text, fixed = TRUE)) <= 15
            given <- as_number(text, digits)
            kept <- half_up(given * 10^decimals) / 10^decimals
            inside <- given >= min & given <= max & kept >= min & kept <= max
            state <- ifelse(text == "", too_few, ifelse(!digits, unreadable, ifelse(inside, ok, out_of_range)))
            list(worth = ifelse(state == ok, kept, NA), state = state)
          }
          #:}
          #:clock {
          # An item with a time of day such as 23:30, in minutes from midnight.
          clock <- function(column) {
            text <- cells(column)
            time <- grepl("^[0-9]{1,2}:[0-9]{2}$", text)
            hours <- as_number(sub(":.*", "", text), time)
            minutes <- as_number(sub(".*:", "", text), time)
            state <- ifelse(text == "", too_few, ifelse(!time, unreadable, ifelse(hours <= 23 & minutes <= 59, ok, out_of_range)))
            list(worth = ifelse(state == ok, 60 * hours + minutes, NA), state = state)
          }
          #:}
          #:age {
          age_of <- function(column) {
            text <- sub("[.]0$", "", cells(column))
            age <- as_number(text, grepl("^[0-9]{1,9}$", text))
            ifelse(age <= 120, age, NA)
          }
          #:}
          #:sex {
          sex_of <- function(column) {
            text <- tolower(cells(column))
            ifelse(text %in% c("female", "f", "\u5973", "\u5973\u6027"), "female", ifelse(text %in% c("male", "m", "\u7537", "\u7537\u6027"), "male", ""))
          }
          #:}

          # ---- Scoring
          add <- function(parts) Reduce(`+`, parts)
          worst <- function(parts) do.call(pmax, unname(lapply(parts, function(part) part$state)))
          #:over-items {
          # Items as a score takes them; a count takes 1 for a value from count_from on, and 0.
          keyed <- function(ids, unreversed = NULL, count_from = NULL) lapply(ids, function(id) {
            part <- item[[id]]
            if (id %in% unreversed) part$worth <- part$plain
            if (!is.null(count_from)) for (what in c("worth", "low", "high")) part[[what]] <- as.numeric(part[[what]] >= count_from)
            part
          })
          answered <- function(parts) add(lapply(parts, function(part) part$state == ok))
          # The sum, with 0 or another member of the item where there is no answer.
          sum_with <- function(parts, blank = NULL) add(lapply(parts, function(part) ifelse(part$state == ok, part$worth, if (is.null(blank)) 0 else part[[blank]])))
          completeness <- function(parts, max_missing) {
            missing <- length(parts) - answered(parts)
            ifelse(missing == 0, ok, ifelse(worst(parts) > too_few, worst(parts), ifelse(missing <= max_missing, prorated, too_few)))
          }
          #:}
          #:sum {
          # A sum, or the number of values from count_from on. A missing answer counts as the mean of the others.
          sum_of <- function(ids, unreversed = NULL, count_from = NULL, max_missing, round_prorated = as_it_is, times = 1, round = as_it_is) {
            parts <- keyed(ids, unreversed, count_from)
            state <- completeness(parts, max_missing)
            sum <- sum_with(parts)
            full <- ifelse(state == ok, sum, round_prorated(sum * length(parts) / answered(parts)))
            result <- list(value = ifelse(state <= prorated, round(times * full), NA), state = state)
            result$low <- round(times * sum_with(parts, "low")) #:bounds
            result$high <- round(times * sum_with(parts, "high")) #:bounds
            result
          }
          #:}
          #:mean {
          # The mean of the answers.
          mean_of <- function(ids, unreversed = NULL, max_missing, times = 1, round = as_it_is) {
            parts <- keyed(ids, unreversed)
            state <- completeness(parts, max_missing)
            result <- list(value = ifelse(state <= prorated, round(times * sum_with(parts) / answered(parts)), NA), state = state)
            result$low <- round(times * sum_with(parts, "low") / length(parts)) #:bounds
            result$high <- round(times * sum_with(parts, "high") / length(parts)) #:bounds
            result
          }
          #:}
          #:mean-of-high {
          # The mean of the values from at_least on.
          mean_of_high <- function(ids, unreversed = NULL, at_least, lowest, max_missing, times = 1, round = as_it_is) {
            parts <- keyed(ids, unreversed)
            state <- completeness(parts, max_missing)
            high <- lapply(parts, function(part) part$state == ok & part$worth >= at_least)
            sum <- add(Map(function(part, is_high) ifelse(is_high, part$worth, 0), parts, high))
            count <- add(high)
            state[state <= prorated & count == 0] <- undefined
            result <- list(value = ifelse(state <= prorated, round(times * sum / count), NA), state = state)
            #:bounds {
            # A missing answer may join the mean with a value from at_least on, or stay out of it.
            values <- lapply(ids, function(id) {
              worth <- item[[id]]$set
              if (item[[id]]$reverse && !(id %in% unreversed)) worth <- min(worth) + max(worth) - worth
              worth[worth >= at_least]
            })
            extreme <- function(pick, is_better) vapply(seq_len(people), function(person) {
              open <- vapply(parts, function(part) part$state[person] != ok, TRUE) & lengths(values) > 0
              s <- sum[person]; n <- count[person]
              joining <- vapply(values[open], pick, 0)
              for (value in joining[order(joining, decreasing = identical(pick, max))])
                if (n == 0 || is_better(value, s / n)) { s <- s + value; n <- n + 1 }
              if (n == 0) lowest else round(times * s / n)
            }, 0)
            result$low <- extreme(min, `<`)
            result$high <- extreme(max, `>`)
            #:}
            result
          }
          #:}
          #:total {
          total_of <- function(ids, times = 1, round = as_it_is) {
            parts <- unname(score[ids])
            whole <- function(what) round(times * add(lapply(parts, function(part) part[[what]])))
            result <- list(value = whole("value"), state = worst(parts))
            result$low <- whole("low") #:bounds
            result$high <- whole("high") #:bounds
            result
          }
          #:}
          #:quantity {
          quantity_of <- function(id, range, times = 1, round = as_it_is) {
            result <- list(value = round(times * item[[id]]$worth), state = item[[id]]$state)
            result$low <- ifelse(result$state == ok, result$value, range[1]) #:bounds
            result$high <- ifelse(result$state == ok, result$value, range[2]) #:bounds
            result
          }
          #:}
          #:span {
          # Minutes from one time of day to the next occurrence of another.
          span_of <- function(from, to, range, times = 1, round = as_it_is) {
            minutes <- (item[[to]]$worth - item[[from]]$worth) %% 1440
            result <- list(value = round(times * ifelse(minutes == 0, 1440, minutes)), state = pmax(item[[from]]$state, item[[to]]$state))
            result$low <- ifelse(result$state == ok, result$value, range[1]) #:bounds
            result$high <- ifelse(result$state == ok, result$value, range[2]) #:bounds
            result
          }
          #:}
          #:ratio {
          # A quotient, limited to the range; there is none when the divisor is 0.
          ratio_of <- function(numerator, denominator, range, times = 1, round = as_it_is) {
            n <- score[[numerator]]
            d <- score[[denominator]]
            limited <- function(x) pmin(pmax(round(times * x), range[1]), range[2])
            state <- pmax(n$state, d$state)
            state[state <= prorated & d$value < tiny] <- undefined
            result <- list(value = ifelse(state <= prorated, limited(n$value / d$value), NA), state = state)
            nothing <- state == undefined & n$state <= prorated & d$state <= prorated #:bounds
            result$low <- ifelse(nothing | d$high < tiny, range[1], limited(n$low / d$high)) #:bounds
            result$high <- ifelse(nothing | d$low < tiny, range[2], limited(n$high / d$low)) #:bounds
            result
          }
          #:}
          #:steps {
          # A step function: each step holds from its start on; 'after' means that the start itself still belongs to the step before.
          steps_of <- function(id, from, after, value, times = 1, round = as_it_is) {
            step <- function(x) {
              at <- rep(1, people)
              for (i in seq_along(from)[-1]) at[(if (after[i]) x > from[i] + tiny else x >= from[i] - tiny) %in% TRUE] <- i
              at
            }
            earlier <- score[[id]]
            result <- list(value = ifelse(earlier$state <= prorated, round(times * value[step(earlier$value)]), NA), state = earlier$state)
            between <- function(end) round(times * vapply(Map(seq, step(earlier$low), step(earlier$high)), function(steps) end(value[steps]), 0)) #:bounds
            result$low <- between(min) #:bounds
            result$high <- between(max) #:bounds
            result
          }
          #:}
          #:table {
          # A conversion table with an entry for each whole number from 'first' on.
          table_of <- function(id, first, values, times = 1, round = as_it_is) {
            entry <- function(x) whole_part(x) - first + 1
            earlier <- score[[id]]
            state <- earlier$state
            state[state <= prorated & abs(earlier$value - whole_part(earlier$value)) > 2 * tiny] <- undefined
            result <- list(value = ifelse(state <= prorated, round(times * values[entry(earlier$value)]), NA), state = state)
            between <- function(end) round(times * vapply(Map(seq, entry(earlier$low), entry(earlier$high)), function(entries) end(values[entries]), 0)) #:bounds
            result$low <- between(min) #:bounds
            result$high <- between(max) #:bounds
            result
          }
          #:}
          # Conditions are TRUE, FALSE, or NA while a missing answer could still decide: by the published scores, and by their bounds. #:conditions
          #:conditions {
          is_one_of <- function(id, codes) {
            truth <- ifelse(item[[id]]$state == ok, item[[id]]$code %in% codes, NA)
            list(published = truth, bounds = truth, state = item[[id]]$state)
          }
          #:}
          #:number-conditions {
          is_at_least <- function(id, number) {
            truth <- ifelse(item[[id]]$state == ok, item[[id]]$worth >= number - tiny, NA)
            list(published = truth, bounds = truth, state = item[[id]]$state)
          }
          #:}
          #:bounds {
          reaches <- function(id, at_least) {
            earlier <- score[[id]]
            bounds <- ifelse(earlier$low >= at_least - tiny, TRUE, ifelse(earlier$high >= at_least - tiny, NA, FALSE))
            list(published = ifelse(earlier$state <= prorated, earlier$value >= at_least - tiny, bounds), bounds = bounds, state = earlier$state)
          }
          #:}
          #:combined {
          at_least <- function(number, ...) {
            parts <- list(...)
            hold <- function(what) {
              surely <- add(lapply(parts, function(part) part[[what]] %in% TRUE))
              possibly <- add(lapply(parts, function(part) !(part[[what]] %in% FALSE)))
              ifelse(surely >= number, TRUE, ifelse(possibly >= number, NA, FALSE))
            }
            list(published = hold("published"), bounds = hold("bounds"), state = worst(parts))
          }
          #:}
          #:classes {
          # The first class whose condition holds; none while a missing answer could still decide.
          classes_of <- function(..., otherwise, times = 1, round = as_it_is) {
            classes <- list(...)
            decide <- function(what) {
              surely <- possibly <- rep(NA_real_, people)
              state <- rep(ok, people)
              for (class in classes) {
                truth <- class[[2]][[what]]
                open <- is.na(surely)
                state[open] <- pmax(state, class[[2]]$state)[open]
                possibly[open & is.na(possibly) & !(truth %in% FALSE)] <- class[[1]]
                surely[open & truth %in% TRUE] <- class[[1]]
              }
              surely[is.na(surely)] <- otherwise
              possibly[is.na(possibly)] <- otherwise
              list(surely = surely, possibly = possibly, state = state)
            }
            by_scores <- decide("published")
            by_bounds <- decide("bounds")
            state <- ifelse(by_scores$surely != by_scores$possibly, by_scores$state, ifelse(by_bounds$surely != by_bounds$possibly, prorated, ok))
            result <- list(value = ifelse(state <= prorated, round(times * by_scores$surely), NA), state = state)
            result$low <- round(times * by_bounds$surely) #:bounds
            result$high <- round(times * by_bounds$possibly) #:bounds
            result
          }
          #:}

          # ---- Columns
          # One score: value, band, status.
          give <- function(column, id, key_unconfirmed = FALSE, rule_unconfirmed = FALSE, bands = list()) {
            result <- score[[id]]
            has <- result$state <= prorated
            unconfirmed <- key_unconfirmed | (rule_unconfirmed & result$state == prorated)
            status <- words[result$state]
            columns <- list(as.numeric(ifelse(has, result$value, NA)))
            names(columns) <- column
            #:bands {
            if (length(bands) > 0) {
              band <- rep("", people)
              group <- rep(0, people)
              for (g in rev(seq_along(bands))) {
                fits <- !outside
                #:groups {
                if (!is.null(bands[[g]]$sex)) fits <- fits & sex == bands[[g]]$sex #:sex
                if (!is.null(bands[[g]]$min_age)) fits <- fits & (age >= bands[[g]]$min_age) %in% TRUE #:age
                if (!is.null(bands[[g]]$max_age)) fits <- fits & (age <= bands[[g]]$max_age) %in% TRUE #:age
                #:}
                group[fits] <- g
              }
              for (g in seq_along(bands)) {
                starts <- bands[[g]]$starts
                here <- has & group == g
                band[here] <- names(starts)[findInterval(result$value[here] + tiny, starts)]
                unconfirmed <- unconfirmed | (group == g & isTRUE(bands[[g]]$unconfirmed))
              }
              columns[[paste0(column, "_band")]] <- band
            }
            #:}
            status[has & unconfirmed] <- ifelse(result$state == prorated, "prorated-unconfirmed", "unconfirmed")[has & unconfirmed]
            if (length(bands) > 0) status[has & group == 0] <- "no-band-group" #:bands
            status[has & outside] <- "outside-population"
            columns[[paste0(column, "_status")]] <- status
            columns
          }
          #:critical {
          # One critical item: yes, no, unknown when there is no answer.
          critical <- function(column, id, codes) {
            asked <- item[[id]]
            state <- ifelse(asked$state == ok, ifelse(asked$code %in% codes, "yes", "no"), ifelse(asked$state == too_few, "unknown", "unreadable"))
            columns <- list(state)
            names(columns) <- column
            columns
          }
          #:}

        """;

    /// <summary>The functions that an instrument with these features needs.</summary>
    public static string For(HashSet<string> features)
    {
        var script = new StringBuilder();
        var open = new Stack<bool>();
        foreach (var line in Source.Split('\n'))
        {
            var mark = line.IndexOf("#:", StringComparison.Ordinal);
            var tag = mark < 0 ? "" : line[(mark + 2)..].TrimEnd();
            if (tag == "}")
            {
                open.Pop();
            }
            else if (tag.EndsWith(" {", StringComparison.Ordinal))
            {
                open.Push(features.Contains(tag[..^2]));
            }
            else if (open.All(o => o) && (mark < 0 || features.Contains(tag)))
            {
                script.Append((mark < 0 ? line : line[..mark]).TrimEnd()).Append('\n');
            }
        }

        return script.ToString();
    }
}
