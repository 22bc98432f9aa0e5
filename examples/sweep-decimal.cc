/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-decimal.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr int MOST_DIGITS = 15;                 //!< what a double keeps of a decimal, too
constexpr int64_t TOO_LARGE = 1000000000000000; //!< 10 to that power

} // namespace

std::optional<SweepDecimal>
SweepDecimal::Parse(const std::string& text)
{
    std::size_t i = 0;
    const bool negative = text[0] == '-';
    if (negative || text[0] == '+')
    {
        i++;
    }
    int64_t digits = 0;
    int decimals = 0;
    bool any = false;
    bool point = false;
    for (; i < text.size() && (std::isdigit(static_cast<unsigned char>(text[i])) || text[i] == '.');
         i++)
    {
        if (text[i] == '.')
        {
            if (point)
            {
                return std::nullopt;
            }
            point = true;
            continue;
        }
        any = true;
        decimals += point ? 1 : 0;
        digits = digits * 10 + (text[i] - '0');
        if (digits >= TOO_LARGE)
        {
            return std::nullopt;
        }
    }
    if (!any)
    {
        return std::nullopt;
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E'))
    {
        // strtol would take spaces, too.
        const char* begin = text.c_str() + i + 1;
        char* end = nullptr;
        const bool sign = *begin == '-' || *begin == '+';
        if (!std::isdigit(static_cast<unsigned char>(begin[sign ? 1 : 0])))
        {
            return std::nullopt;
        }
        const long exponent = std::strtol(begin, &end, 10);
        if (exponent < -2 * MOST_DIGITS || exponent > 2 * MOST_DIGITS)
        {
            return std::nullopt;
        }
        decimals -= static_cast<int>(exponent);
        i = end - text.c_str();
    }
    return i == text.size() ? Make(negative ? -digits : digits, decimals) : std::nullopt;
}

std::optional<SweepDecimal>
SweepDecimal::Make(int64_t digits, int decimals)
{
    SweepDecimal number;
    while (digits % 10 == 0 && digits != 0 && decimals > 0)
    {
        digits /= 10;
        decimals--;
    }
    for (; decimals < 0 && digits != 0; decimals++)
    {
        digits *= 10;
        if (std::abs(digits) >= TOO_LARGE)
        {
            return std::nullopt;
        }
    }
    if (decimals > MOST_DIGITS && digits != 0)
    {
        return std::nullopt;
    }
    number.m_digits = digits;
    number.m_decimals = digits == 0 ? 0 : decimals;
    return number;
}

std::optional<int64_t>
SweepDecimal::Scale(int decimals) const
{
    int64_t digits = m_digits;
    for (int i = m_decimals; i < decimals; i++)
    {
        digits *= 10;
        if (std::abs(digits) >= TOO_LARGE)
        {
            return std::nullopt;
        }
    }
    return digits;
}

std::optional<SweepDecimal>
SweepDecimal::Plus(const SweepDecimal& other) const
{
    const int decimals = std::max(m_decimals, other.m_decimals);
    const std::optional<int64_t> first = Scale(decimals);
    const std::optional<int64_t> second = other.Scale(decimals);
    if (!first || !second || std::abs(*first + *second) >= TOO_LARGE)
    {
        return std::nullopt;
    }
    return Make(*first + *second, decimals);
}

std::optional<SweepDecimal>
SweepDecimal::Times(const SweepDecimal& other) const
{
    int64_t digits = 0;
    if (__builtin_mul_overflow(m_digits, other.m_digits, &digits) || std::abs(digits) >= TOO_LARGE)
    {
        return std::nullopt;
    }
    return Make(digits, m_decimals + other.m_decimals);
}

int
SweepDecimal::Compare(const SweepDecimal& other) const
{
    const int decimals = std::max(m_decimals, other.m_decimals);
    const std::optional<int64_t> first = Scale(decimals);
    const std::optional<int64_t> second = other.Scale(decimals);
    if (!first || !second)
    {
        // One does not fit with the other's decimals: it is larger, away from zero.
        return first ? -other.GetSign() : GetSign();
    }
    return *first < *second ? -1 : *first > *second ? 1 : 0;
}

int
SweepDecimal::GetSign() const
{
    return m_digits < 0 ? -1 : m_digits > 0 ? 1 : 0;
}

std::string
SweepDecimal::ToText() const
{
    std::string text = std::to_string(std::abs(m_digits));
    if (m_decimals > 0)
    {
        if (text.size() <= static_cast<std::size_t>(m_decimals))
        {
            text.insert(0, m_decimals + 1 - text.size(), '0');
        }
        text.insert(text.size() - m_decimals, ".");
    }
    return (m_digits < 0 ? "-" : "") + text;
}

} // namespace keepalive
} // namespace ns3
