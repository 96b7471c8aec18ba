#include "rhoam/core/metric_log.h"

#include "rhoam/core/errors.h"

namespace rhoam::core {

MetricLog::MetricLog(const std::filesystem::path& csv, const std::filesystem::path& events)
    : csv_(csv), events_(events) {}

void MetricLog::row(std::int64_t step, std::span<const Metric> metrics) {
  // Events first: a kill between the two leaves an extra event, which load cuts off, never a missing one.
  events_.add(step, wall_time_now(), metrics);
  csv_.row(metrics);
}

void MetricLog::sync() const {
  events_.sync();
  csv_.sync();
}

void MetricLog::save(Tensors& out, const std::string& prefix) const {
  const std::int64_t rows = csv_.rows();
  out.put(prefix + "/rows", std::span(&rows, 1));
}

void MetricLog::load(const Tensors& in, const std::string& prefix) {
  std::int64_t rows = 0;
  in.get(prefix + "/rows", std::span(&rows, 1));
  if (rows < 0) throw CorruptError("tensor '" + prefix + "/rows' is negative");
  events_.end_of(rows);  // refuses a damaged file before anything is cut
  csv_.cut_back(rows);
  events_.cut_back(rows);
}

}  // namespace rhoam::core
