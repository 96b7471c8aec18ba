#pragma once
#include <array>
#include <cmath>
#include <compare>

namespace rhoam::optim {

/// A value with its derivatives with respect to N inputs: forward-mode differentiation by operator
/// overloading. Comparisons look at the value alone.
template <class T, int N>
struct Dual {
  T value{};
  std::array<T, N> d{};

  constexpr Dual() = default;
  constexpr Dual(T constant) : value(constant) {}  // NOLINT(google-explicit-constructor)
  /// Input number `index`, with derivative 1 with respect to itself.
  static constexpr Dual input(T value, int index) {
    Dual x(value);
    x.d[index] = 1;
    return x;
  }

  friend constexpr Dual operator+(Dual a, const Dual& b) { return a.combine(a.value + b.value, 1, b, 1); }
  friend constexpr Dual operator-(Dual a, const Dual& b) { return a.combine(a.value - b.value, 1, b, -1); }
  friend constexpr Dual operator*(Dual a, const Dual& b) {
    return a.combine(a.value * b.value, b.value, b, a.value);
  }
  friend constexpr Dual operator/(Dual a, const Dual& b) {
    const T quotient = a.value / b.value;
    return a.combine(quotient, 1 / b.value, b, -quotient / b.value);
  }
  constexpr Dual& operator+=(const Dual& b) { return *this = *this + b; }
  constexpr Dual& operator-=(const Dual& b) { return *this = *this - b; }
  constexpr Dual operator-() const { return Dual(0) - *this; }
  friend constexpr bool operator==(const Dual& a, const Dual& b) { return a.value == b.value; }
  friend constexpr auto operator<=>(const Dual& a, const Dual& b) { return a.value <=> b.value; }

  /// f of this dual, given f(value) and f'(value).
  constexpr Dual chain(T result, T slope) const {
    Dual out(result);
    for (int k = 0; k < N; ++k) out.d[k] = slope * d[k];
    return out;
  }

 private:
  /// `result` with the derivatives ∂a·this + ∂b·b.
  constexpr Dual combine(T result, T da, const Dual& b, T db) const {
    Dual out(result);
    for (int k = 0; k < N; ++k) out.d[k] = da * d[k] + db * b.d[k];
    return out;
  }
};

/// √x. At 0, where the derivative is infinite, it is taken as 0: a zero gradient moves nothing.
template <class T, int N>
Dual<T, N> sqrt(const Dual<T, N>& x) {
  const T root = std::sqrt(x.value);
  return x.chain(root, root > 0 ? 1 / (2 * root) : T(0));
}
template <class T, int N>
Dual<T, N> exp(const Dual<T, N>& x) {
  const T value = std::exp(x.value);
  return x.chain(value, value);
}
template <class T, int N>
Dual<T, N> log(const Dual<T, N>& x) {
  return x.chain(std::log(x.value), 1 / x.value);
}

}  // namespace rhoam::optim
