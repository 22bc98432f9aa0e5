/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_DECIMAL_H
#define KEEPALIVE_SWEEP_DECIMAL_H

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @brief A decimal number, exactly as it was typed: 0.1 three times is 0.3.
 *
 * Binary fractions would show in the names of levels, and make 4.6 s times 25 retries less than
 * the whole 115 s that BGP takes.
 */
class SweepDecimal
{
  public:
    /**
     * @brief Read a number such as 12, -0.5 or 1e-3.
     * @param text the whole text
     * @return the number; none if it is none, or has more than 15 digits or decimals
     */
    static std::optional<SweepDecimal> Parse(const std::string& text);

    /**
     * @brief Add.
     * @param other what to add
     * @return the sum, none if it has too many digits
     */
    std::optional<SweepDecimal> Plus(const SweepDecimal& other) const;

    /**
     * @brief Multiply.
     * @param other by what
     * @return the product, none if it has too many digits
     */
    std::optional<SweepDecimal> Times(const SweepDecimal& other) const;

    /**
     * @brief Compare.
     * @param other with what
     * @return below, at or above zero, if this is less, equal or more
     */
    int Compare(const SweepDecimal& other) const;

    /**
     * @brief Compare with zero.
     * @return below, at or above zero
     */
    int GetSign() const;

    /**
     * @brief As text, without an exponent and without useless zeros.
     * @return such as "0.3"
     */
    std::string ToText() const;

  private:
    /**
     * @brief Make one, without useless zeros.
     * @param digits the number times 10 to the power of decimals
     * @param decimals how many of the digits are behind the point; may be negative
     * @return the number, none if it has too many digits
     */
    static std::optional<SweepDecimal> Make(int64_t digits, int decimals);

    /**
     * @brief The digits with more decimals.
     * @param decimals how many, at least m_decimals
     * @return the number times 10 to the power of decimals, none if it has too many digits
     */
    std::optional<int64_t> Scale(int decimals) const;

    int64_t m_digits{0}; //!< the number times 10 to the power of m_decimals
    int m_decimals{0};   //!< how many digits are behind the point, 0 to 15
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_DECIMAL_H */
