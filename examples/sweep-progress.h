/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_PROGRESS_H
#define KEEPALIVE_SWEEP_PROGRESS_H

#include <chrono>
#include <cstdint>
#include <ostream>
#include <string>

namespace ns3
{
namespace keepalive
{

/**
 * @brief Tells how far a sweep is: a bar with rate and expected end on a terminal; a line a minute
 *        elsewhere, and one at the end.
 */
class SweepProgress
{
  public:
    /// Where the progress goes.
    enum class Style
    {
        NONE,  //!< nowhere
        LINES, //!< a line a minute
        BAR    //!< a bar, drawn over again
    };

    /**
     * @brief What suits standard error.
     * @param quiet whether nothing is to be told
     * @return the style
     */
    static Style ChooseStyle(bool quiet);

    /**
     * @brief Begin.
     * @param out where to print
     * @param style how
     * @param before runs that were done before
     */
    SweepProgress(std::ostream& out, Style style, uint64_t before);

    /// Leave no half a bar behind.
    ~SweepProgress();

    SweepProgress(const SweepProgress&) = delete;
    SweepProgress& operator=(const SweepProgress&) = delete;

    /**
     * @brief Tell how far it is, unless it was told just now.
     * @param done runs done, those before included
     * @param wanted runs wanted, as far as is known
     */
    void Update(uint64_t done, uint64_t wanted);

    /**
     * @brief Tell how far it came.
     * @param done runs done, those before included
     * @param wanted runs wanted
     */
    void Finish(uint64_t done, uint64_t wanted);

    /**
     * @brief A time as people say it.
     * @param seconds the time
     * @return such as "2 min 5 s"
     */
    static std::string ToText(double seconds);

  private:
    using Clock = std::chrono::steady_clock; //!< time since the start

    /**
     * @brief How far it is, in words.
     * @param done runs done
     * @param wanted runs wanted
     * @return one line, without a line feed
     */
    std::string Describe(uint64_t done, uint64_t wanted) const;

    std::ostream& m_out;             //!< where to print
    const Style m_style;             //!< how
    const uint64_t m_before;         //!< runs that were done before
    const Clock::time_point m_start; //!< when this began
    Clock::time_point m_told;        //!< when it was last told
    bool m_drawn{false};             //!< whether there is a bar on the terminal
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_PROGRESS_H */
