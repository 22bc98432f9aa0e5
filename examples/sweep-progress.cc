/* SPDX-License-Identifier: GPL-2.0-only */

#include "sweep-progress.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>
#include <unistd.h>

namespace ns3
{
namespace keepalive
{

namespace
{

constexpr std::chrono::milliseconds BAR_INTERVAL{200}; //!< between two drawings of the bar
constexpr std::chrono::seconds LINE_INTERVAL{60};      //!< between two lines
constexpr uint64_t BAR_WIDTH{30};                      //!< characters of the bar

} // namespace

SweepProgress::Style
SweepProgress::ChooseStyle(bool quiet)
{
    if (quiet)
    {
        return Style::NONE;
    }
    return isatty(STDERR_FILENO) ? Style::BAR : Style::LINES;
}

SweepProgress::SweepProgress(std::ostream& out, Style style, uint64_t before)
    : m_out(out),
      m_style(style),
      m_before(before),
      m_start(Clock::now()),
      m_told(m_start)
{
}

SweepProgress::~SweepProgress()
{
    if (m_drawn)
    {
        m_out << "\r\033[K" << std::flush;
    }
}

void
SweepProgress::Update(uint64_t done, uint64_t wanted)
{
    const auto now = Clock::now();
    if (m_style == Style::NONE ||
        now - m_told < (m_style == Style::BAR ? Clock::duration(BAR_INTERVAL)
                                              : Clock::duration(LINE_INTERVAL)))
    {
        return;
    }
    m_told = now;
    if (m_style == Style::LINES)
    {
        m_out << Describe(done, wanted) << std::endl;
        return;
    }
    m_drawn = true;
    const uint64_t full = wanted > 0 ? std::min(BAR_WIDTH, done * BAR_WIDTH / wanted) : BAR_WIDTH;
    // Back to the first column, and what is left of a longer line erased.
    m_out << "\r[" << std::string(full, '#') << std::string(BAR_WIDTH - full, '.') << "] "
          << Describe(done, wanted) << "\033[K" << std::flush;
}

void
SweepProgress::Finish(uint64_t done, uint64_t wanted)
{
    if (m_style == Style::NONE)
    {
        return;
    }
    m_out << (m_drawn ? "\r\033[K" : "") << done << " of " << wanted << " runs done";
    if (done > m_before)
    {
        const double seconds = std::chrono::duration<double>(Clock::now() - m_start).count();
        m_out << ", " << done - m_before << " of them now, in " << ToText(seconds);
    }
    m_out << std::endl;
    m_drawn = false;
}

std::string
SweepProgress::Describe(uint64_t done, uint64_t wanted) const
{
    const double seconds = std::chrono::duration<double>(Clock::now() - m_start).count();
    const double rate = (done - m_before) / std::max(seconds, 1e-3);
    std::ostringstream text;
    text << done << " of " << wanted << " runs";
    if (wanted > 0)
    {
        text << " (" << done * 100 / wanted << " %)";
    }
    if (done > m_before)
    {
        text << ", " << std::setprecision(3) << (rate < 1000 ? rate : std::round(rate)) << "/s, "
             << ToText((wanted - done) / rate) << " left";
    }
    return text.str();
}

std::string
SweepProgress::ToText(double seconds)
{
    const auto whole = static_cast<uint64_t>(std::ceil(seconds));
    std::ostringstream text;
    if (seconds < 10)
    {
        text << std::fixed << std::setprecision(1) << seconds << " s";
    }
    else if (whole < 120)
    {
        text << whole << " s";
    }
    else if (whole < 7200)
    {
        text << whole / 60 << " min " << whole % 60 << " s";
    }
    else
    {
        text << whole / 3600 << " h " << whole % 3600 / 60 << " min";
    }
    return text.str();
}

} // namespace keepalive
} // namespace ns3
