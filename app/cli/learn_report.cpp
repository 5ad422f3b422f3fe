#include "app/cli/learn_report.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <ostream>
#include <span>
#include <system_error>

#include "app/cli/usage_error.h"
#include "app/cli/values.h"
#include "app/files/memory_limit.h"
#include "app/files/printable_text.h"
#include "engine/learning/learnable.h"
#include "engine/learning/quadratic_analysis.h"

namespace convscope::cli {
namespace {

constexpr std::size_t kWrittenAtOnce = std::size_t{1} << 16;  // in bytes
constexpr std::size_t kMaxListed = 64;                        // numbers in one line
constexpr double kMaxHistoryBytes = 1e9;
constexpr double kAnnouncedBytes = 1e8;  // the size of a larger history is announced

double seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void print_list(std::ostream& out, std::span<const double> values) {
  for (std::size_t i = 0; i < std::min(values.size(), kMaxListed); ++i)
    out << (i == 0 ? "" : ", ") << number(values[i]);
  if (values.size() > kMaxListed) out << ", ... (" << values.size() << " in all)";
  out << '\n';
}

// Tells what the momentum does to the rates, and which one is best; nothing of other optimizers.
void print_momentum(const QuadraticAnalysis& a, const OptimizerOptions& optimizer,
                    std::ostream& out) {
  const std::optional<Momentum> momentum = momentum_of(optimizer);
  if (!momentum || optimizer.kind == OptimizerKind::kSgd || !(a.largest > 0.0)) return;
  const MomentumRates rates = momentum_rates(*momentum, a.largest, a.smallest);
  const BestMomentum best = best_momentum(momentum->nesterov, a.largest, a.smallest);
  out << "with " << name(optimizer.kind) << " of " << number(momentum->beta)
      << ": largest stable rate " << number(rates.stable) << ", best rate " << number(rates.best)
      << "\nbest " << name(optimizer.kind) << ": " << number(best.beta) << " at rate "
      << number(best.rate) << '\n';
}

}  // namespace

Index HistoryPlan::lines() const {
  return 2 + steps / every + (steps % every == 0 ? 0 : 1);
}

// Each line has the step, a comma, the longest double and a line end.
double HistoryPlan::max_bytes() const {
  constexpr double kLongestDouble = 24;
  const auto step = static_cast<double>(std::to_string(steps).size());
  return static_cast<double>(lines()) * (step + kLongestDouble + 2);
}

void require_history(const std::string& path, const HistoryPlan& plan, std::ostream& out) {
  if (path.empty()) return;
  const double bytes = plan.max_bytes();
  const std::string size = std::to_string(plan.lines()) + " lines, up to " + bytes_text(bytes);
  if (bytes > kMaxHistoryBytes) {
    HistoryPlan thinned = plan;
    while (thinned.max_bytes() > kMaxHistoryBytes)
      thinned.every += std::max<Index>(1, thinned.every / 8);
    throw UsageError("--history \"" + path + "\" would have " + size + "; it may have " +
                     bytes_text(kMaxHistoryBytes) + ": take --history-every " +
                     std::to_string(thinned.every) + " or fewer --steps");
  }
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::absolute(path, error).parent_path();
  const std::filesystem::space_info space = std::filesystem::space(folder, error);
  if (!error && static_cast<double>(space.available) < bytes)
    throw Error("--history \"" + path + "\" would have " + size + ", and " +
                bytes_text(static_cast<double>(space.available)) +
                " are free there: take a larger --history-every");
  if (bytes > kAnnouncedBytes)
    out << printable(path) << " will have " << size
        << "; --history-every 10 would write a tenth of them\n"
        << std::flush;
}

HistoryWriter::HistoryWriter(PendingFile* file, HistoryPlan plan)
    : file_(file), plan_(plan), lines_("step,loss\n") {}

void HistoryWriter::add(double loss) {
  if (file_ == nullptr) return;
  const Index step = step_++;
  if (step % plan_.every != 0 && step != plan_.steps) return;
  std::array<char, 32> buffer;
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), loss);
  lines_ += std::to_string(step) + ',';
  lines_.append(buffer.data(), result.ptr) += '\n';
  if (lines_.size() >= kWrittenAtOnce) finish();
}

void HistoryWriter::finish() {
  if (file_ == nullptr) return;
  file_->write(std::as_bytes(std::span(lines_)));
  lines_.clear();
}

void print_analysis(const QuadraticLoss& loss, const OptimizerOptions& optimizer, std::ostream& out,
                    ProgressBar& bar) {
  const QuadraticAnalysis a = analyse(loss, {}, [&](double share) {
                                bar.show_share("finding the eigenvalues", share);
                              }).value();
  bar.clear();
  out << "eigenvalues of H: ";
  print_list(out, a.eigenvalues());
  out << "largest stable rate: " << number(a.stable_rate) << "\nbest rate: " << number(a.best_rate)
      << "\ncondition number: "
      << (a.largest > 0.0 ? number(a.condition) : "none, as no direction moves the loss")
      << "\nrank: " << a.rank << " of " << a.parameters << " parameters\n";
  print_momentum(a, optimizer, out);
  const std::string limits = learnable_text(loss, a);
  if (!limits.empty()) out << "learnable: " << limits << '\n';
  out << "optimum: ";
  print_list(out, a.optimum);
  out << "least loss: " << number(a.least_loss) << '\n';
}

ProgressBar::ProgressBar(std::ostream* out) : out_(out), drawn_(seconds()) {}

ProgressBar::~ProgressBar() {
  clear();
}

void ProgressBar::clear() {
  if (out_ != nullptr) *out_ << "\r\x1b[K" << std::flush;
}

bool ProgressBar::due() {
  if (out_ == nullptr) return false;
  const double now = seconds();
  if (now < drawn_ + 0.1) return false;
  drawn_ = now;
  return true;
}

void ProgressBar::draw(double share, const std::string& text) {
  constexpr std::size_t kWidth = 30;
  const auto full = std::min(kWidth, static_cast<std::size_t>(share * double{kWidth}));
  *out_ << "\r[" << std::string(full, '=') << std::string(kWidth - full, ' ') << "] " << text
        << "\x1b[K" << std::flush;
}

void ProgressBar::show_share(const char* what, double share) {
  if (due()) draw(share, std::string(what) + ": " + number(std::floor(share * 100.0)) + " %");
}

void ProgressBar::show_steps(Index step, Index steps, double rate, double loss) {
  if (out_ == nullptr) return;
  if (begin_ == 0.0) begin_ = seconds();
  if (!due()) return;
  const double speed = static_cast<double>(step) / (drawn_ - begin_);
  draw(static_cast<double>(step) / static_cast<double>(std::max<Index>(1, steps)),
       std::to_string(step) + "/" + std::to_string(steps) + ", rate " + number(rate) + ", loss " +
           number(loss) + ", " + std::to_string(static_cast<Index>(speed)) + " steps/s");
}

}  // namespace convscope::cli
