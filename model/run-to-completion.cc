/* SPDX-License-Identifier: GPL-2.0-only */

#include "run-to-completion.h"

#include <utility>

namespace ns3
{
namespace keepalive
{

void
RunToCompletion::Post(std::function<void()> input)
{
    m_inputs.push_back(std::move(input));
    Run();
}

void
RunToCompletion::Hold(bool held)
{
    m_held = held;
    Run();
}

bool
RunToCompletion::IsHeld() const
{
    return m_held;
}

void
RunToCompletion::Clear()
{
    m_clears++;
    m_inputs.clear();
}

uint32_t
RunToCompletion::GetClears() const
{
    return m_clears;
}

void
RunToCompletion::Run()
{
    if (m_running)
    {
        return;
    }
    m_running = true;
    while (!m_held && !m_inputs.empty())
    {
        const std::function<void()> input = std::move(m_inputs.front());
        m_inputs.pop_front();
        input();
    }
    m_running = false;
}

} // namespace keepalive
} // namespace ns3
