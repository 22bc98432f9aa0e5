/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-factor.h"

#include "program-options.h"
#include "sweep-decimal.h"

#include <algorithm>
#include <optional>
#include <set>

namespace ns3
{
namespace keepalive
{

namespace
{

/**
 * @brief Refuse a value.
 * @param name of the option
 * @param text what was given
 * @param why what is wrong, and what is allowed
 * @throw UsageError always
 */
[[noreturn]] void
Refuse(const std::string& name, const std::string& text, const std::string& why)
{
    throw UsageError("option --" + name + "=" + text + ": " + why);
}

/**
 * @brief Adds levels to a factor, each once.
 */
class Levels
{
  public:
    /**
     * @brief Begin.
     * @param factor filled in
     * @param text what was given, for errors
     */
    Levels(SweepFactor& factor, const std::string& text)
        : m_factor(factor),
          m_text(text)
    {
    }

    /**
     * @brief Add a level.
     * @param level its text, not empty
     */
    void Add(const std::string& level)
    {
        // 1 and 1.0 are one level: the same run twice.
        const std::optional<SweepDecimal> number = SweepDecimal::Parse(level);
        if (!m_known.insert(number ? number->ToText() : level).second)
        {
            Refuse(m_factor.name, m_text, "has " + level + " twice; every level must be another");
        }
        m_factor.levels.push_back(level);
        if (m_factor.levels.size() > SweepFactor::MOST_LEVELS)
        {
            Refuse(m_factor.name,
                   m_text,
                   "more than " + std::to_string(SweepFactor::MOST_LEVELS) +
                       " levels, which is the most that are allowed");
        }
    }

    /**
     * @brief Add the levels of a range.
     * @param range such as 2..6 or 0.1..0.5:0.1
     * @param dots where its dots are
     */
    void AddRange(const std::string& range, std::size_t dots)
    {
        const std::size_t colon = range.find(':', dots);
        const std::optional<SweepDecimal> first = SweepDecimal::Parse(range.substr(0, dots));
        const std::optional<SweepDecimal> last =
            SweepDecimal::Parse(range.substr(dots + 2, colon - std::min(colon, dots + 2)));
        const std::optional<SweepDecimal> step =
            SweepDecimal::Parse(colon == std::string::npos ? "1" : range.substr(colon + 1));
        if (!first || !last || !step)
        {
            Refuse(m_factor.name,
                   m_text,
                   "not a range; expected FIRST..LAST or FIRST..LAST:STEP, of numbers of at most "
                   "15 digits");
        }
        if (step->GetSign() <= 0)
        {
            Refuse(m_factor.name, m_text, "a range must have a step above 0");
        }
        if (last->Compare(*first) < 0)
        {
            Refuse(m_factor.name,
                   m_text,
                   "a descending range; expected the lesser number first, or a list");
        }
        const std::size_t before = m_factor.levels.size();
        for (std::optional<SweepDecimal> level = first; level && level->Compare(*last) <= 0;
             level = level->Plus(*step))
        {
            Add(level->ToText());
        }
        if (m_factor.levels.size() == before + 1 && last->Compare(*first) > 0)
        {
            Refuse(m_factor.name,
                   m_text,
                   "a range with one level, " + first->ToText() +
                       "; expected a step that leads from there to " + last->ToText() +
                       ", such as FIRST..LAST:STEP");
        }
    }

  private:
    SweepFactor& m_factor;         //!< what is filled in
    const std::string& m_text;     //!< what was given
    std::set<std::string> m_known; //!< levels, numbers in their shortest form
};

} // namespace

SweepFactor
SweepFactor::Parse(const std::string& name, const std::string& text)
{
    SweepFactor factor;
    factor.name = name;
    if (text.find_first_not_of(" \t") == std::string::npos)
    {
        Refuse(name, text, "an empty list; expected values, comma-separated, or a range");
    }
    Levels levels(factor, text);
    std::size_t begin = 0;
    while (begin <= text.size())
    {
        const std::size_t comma = std::min(text.find(',', begin), text.size());
        const std::string member = text.substr(begin, comma - begin);
        begin = comma + 1;
        if (member.empty() || member.find_first_of(" \t") != std::string::npos)
        {
            Refuse(name,
                   text,
                   "an empty member or a space; expected values, comma-separated, or a range");
        }
        const std::size_t dots = member.find("..");
        if (dots != std::string::npos)
        {
            levels.AddRange(member, dots);
        }
        else
        {
            levels.Add(member);
        }
    }
    return factor;
}

} // namespace keepalive
} // namespace ns3
