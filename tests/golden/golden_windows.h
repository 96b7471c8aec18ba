#pragma once
#include <string>
#include <vector>

#include "rhoam/tests/golden/golden_report.h"

namespace rhoam::golden {

/// The worst error of each window of a reference file, as a fraction of its tolerance.
class Windows {
 public:
  /// Takes in one error; NaN is infinitely wrong, and so is any error where the tolerance is 0.
  void judge(const std::string& window, double error, double tolerance);
  /// The same for something that must simply hold.
  void demand(const std::string& window, bool holds) { judge(window, holds ? 0 : 1, 0); }
  /// Text to print after the windows, judged by nobody.
  void note(const std::string& text) { notes_.push_back(text); }

  /// "what; window fraction, window fraction; notes". Nothing judged is not ok.
  FileReport report(const std::string& what) const;

 private:
  struct Window {
    std::string name;
    double worst;
  };
  std::vector<Window> windows_;
  std::vector<std::string> notes_;
};

}  // namespace rhoam::golden
